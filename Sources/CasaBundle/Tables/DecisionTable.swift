/// Decisions by exact key, in the frozen section `.rodata.decisions`: keys, words, displacements.
///
/// The code that reads it carries seed and sizes as immediates; layout in `spec/bundle.md`.
package struct DecisionTable: Sendable {
    package struct Entry: Hashable, Sendable {
        package let key: UInt64
        package let word: UInt32

        package init(key: UInt64, word: UInt32) {
            self.key = key
            self.word = word
        }
    }

    package static let section = ".rodata.decisions"

    package let seed: UInt64
    package let slotCount: Int
    package let bucketCount: Int
    package let bytes: [UInt8]

    package var keyOffset: Int { 0 }
    package var wordOffset: Int { slotCount * 8 }
    package var displacementOffset: Int { slotCount * 12 }

    /// Fails only where no perfect hash is found.
    package init?(entries: [Entry]) {
        let sorted = entries.sorted { $0.key < $1.key }
        guard let hash = PerfectHash(keys: sorted.map(\.key)) else { return nil }
        seed = hash.seed
        slotCount = hash.slotCount
        bucketCount = hash.displacements.count
        var writer = ByteWriter()
        writer.append(contentsOf: hash.occupants.map { occupant in occupant.map { sorted[$0].key } ?? 0 })
        writer.append(contentsOf: hash.occupants.map { occupant in occupant.map { sorted[$0].word } ?? 0 })
        writer.append(contentsOf: hash.displacements)
        writer.pad(to: 8)
        bytes = writer.bytes
    }

    /// The key of a question: never zero, because subject numbers start at one.
    package static func key(
        subject: Int, classNumber: UInt16, direction: UInt8, transport: UInt8, port: PortKey
    ) -> UInt64 {
        UInt64(subject) << 48 | UInt64(classNumber) << 32 | UInt64(direction) << 31 | UInt64(transport) << 24
            | UInt64(port.number)
    }

    /// A port, or one of the namespace's port ranges.
    package enum PortKey: Hashable, Sendable {
        case port(UInt16)
        case range(Int)

        package var number: UInt32 {
            switch self {
            case .port(let port): UInt32(port)
            case .range(let index): 0x1_0000 + UInt32(index)
            }
        }
    }
}
