package import CasaPolicyIR

/// The frozen map that tells which classes an address belongs to: one for IPv4, one for IPv6.
///
/// Header of 32 bytes, displacements, slots; layout in `spec/bundle.md`. Built by the node from what it has
/// learned, and replaced as a whole.
package struct AddressTable: Sendable {
    package enum Family: Hashable, Sendable, CaseIterable {
        case v4, v6

        /// The section of the object, and so the map, that holds the table.
        package var section: String {
            switch self {
            case .v4: ".rodata.addresses4"
            case .v6: ".rodata.addresses6"
            }
        }

        package var slotSize: Int {
            switch self {
            case .v4: 16
            case .v6: 32
            }
        }
    }

    package struct Entry: Hashable, Sendable {
        package let address: IPAddress
        /// At most ``AddressTable/classLimit``, ascending, none zero.
        package let classes: [UInt16]

        package init(address: IPAddress, classes: [UInt16]) {
            self.address = address
            self.classes = classes.sorted()
        }
    }

    /// Why a table cannot be built.
    package enum Failure: Error, Hashable, Sendable {
        case tooManyClasses(IPAddress, count: Int)
        case duplicate(IPAddress)
        case noPerfectHash(entries: Int)
    }

    package static let classLimit = 6
    package static let headerSize = 32

    package let family: Family
    package let bytes: [UInt8]

    /// Takes the entries of its family; the others are not its business.
    package init(_ family: Family, entries: [Entry]) throws(Failure) {
        let own = entries.filter { Self.family(of: $0.address) == family }.sorted { $0.address < $1.address }
        for (index, entry) in own.enumerated() {
            if entry.classes.count > Self.classLimit {
                throw .tooManyClasses(entry.address, count: entry.classes.count)
            }
            if index > 0, own[index - 1].address == entry.address { throw .duplicate(entry.address) }
        }
        guard let hash = PerfectHash(keys: own.map { Self.key(of: $0.address) }) else {
            throw .noPerfectHash(entries: own.count)
        }
        self.family = family
        bytes = Self.layOut(hash, own, slotSize: family.slotSize)
    }

    private static func family(of address: IPAddress) -> Family {
        switch address {
        case .v4: .v4
        case .v6: .v6
        }
    }

    private static func key(of address: IPAddress) -> UInt64 {
        switch address {
        case .v4(let value): UInt64(value)
        case .v6(let high, let low): TableHash.fold(high: high, low: low)
        }
    }

    private static func layOut(_ hash: PerfectHash, _ entries: [Entry], slotSize: Int) -> [UInt8] {
        let slotOffset = (headerSize + hash.displacements.count * 2 + 7) / 8 * 8
        var writer = ByteWriter()
        writer.append(UInt32(hash.displacements.count))
        writer.append(UInt32(hash.slotCount))
        writer.append(hash.seed)
        writer.append(UInt32(headerSize))
        writer.append(UInt32(slotOffset))
        writer.append(UInt64(0))
        for displacement in hash.displacements { writer.append(displacement) }
        writer.pad(to: 8)
        for occupant in hash.occupants {
            guard let occupant else {
                writer.append(zeros: slotSize)
                continue
            }
            append(entries[occupant], to: &writer)
        }
        return writer.bytes
    }

    private static func append(_ entry: Entry, to writer: inout ByteWriter) {
        switch entry.address {
        case .v4(let value): writer.append(value)
        case .v6(let high, let low):
            writer.append(high)
            writer.append(low)
        }
        for index in 0..<classLimit {
            writer.append(index < entry.classes.count ? entry.classes[index] : 0)
        }
        if case .v6 = entry.address { writer.append(UInt32(0)) }
    }
}
