internal import CasaBundle
internal import CasaPolicyIR

/// The decision table, entry by entry in the order of keys.
struct TableListing {
    let text: String

    init(_ bytes: [UInt8], manifest: Manifest, words: DecisionWords) {
        let slots = PerfectHash.slotCount(keys: manifest.decisions.entries)
        var entries: [(key: UInt64, word: UInt32)] = []
        for slot in 0..<slots {
            guard let key = bytes.number(UInt64.self, at: slot * 8), key != 0,
                let word = bytes.number(UInt32.self, at: slots * 8 + slot * 4)
            else { continue }
            entries.append((key, word))
        }
        entries.sort { $0.key < $1.key }
        let lines = entries.map { key, word in
            "    \(Self.words(for: key, manifest, words))  ; \(words.words(for: word) ?? "no decision")"
        }
        text =
            "\(DecisionTable.section): \(entries.count) entries in \(slots) slots\n"
            + lines.map { $0 + "\n" }.joined()
    }

    private static func words(for key: UInt64, _ manifest: Manifest, _ words: DecisionWords) -> String {
        let subject = Int(key >> 48)
        let name =
            manifest.subjects.first { $0.number == subject }.map { "\($0.kind)/\($0.name)" }
            ?? "subject \(subject)"
        let direction = key >> 31 & 1 == 0 ? Direction.egress : .ingress
        let number = UInt8(truncatingIfNeeded: key >> 24 & 0x7F)
        let transport = Transport.allCases.first { $0.number == number }?.rawValue ?? "protocol \(number)"
        let low = key & 0xFF_FFFF
        let port = low > 0xFFFF ? "ports \(low - 0x1_0000)" : "port \(low)"
        return "\(name) \(direction.rawValue) \(transport) \(port) "
            + words.words(forClass: UInt16(truncatingIfNeeded: key >> 32))
    }
}
