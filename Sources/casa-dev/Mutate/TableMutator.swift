internal import CasaBundle

/// Changes the decision table: bits, fields of keys, whole slots.
struct TableMutator {
    let bytes: [UInt8]
    /// Of the section in the file.
    let start: Int
    private let slotCount: Int
    private let bucketCount: Int

    /// Fails where there is no table.
    init?(_ image: ObjectImage, entries: Int) {
        let range = image.range(of: DecisionTable.section)
        guard !range.isEmpty else { return nil }
        bytes = image.bytes
        start = range.lowerBound
        slotCount = PerfectHash.slotCount(keys: entries)
        bucketCount = (entries + 3) / 4
        guard range.count >= slotCount * 12 + bucketCount * 2 else { return nil }
    }

    func mutate(_ kind: Mutation.Kind, _ random: inout SeededRandom) -> Mutation? {
        let slot = slot(&random)
        switch kind {
        case .tableBit: return bit(&random)
        case .subject: return key(kind, slot, "subject") { $0 &+ (random.chance(50) ? 1 : ~0) << 48 }
        case .classBoundary: return key(kind, slot, "class") { $0 &+ (random.chance(50) ? 1 : ~0) << 32 }
        case .direction: return key(kind, slot, "direction") { $0 ^ 1 << 31 }
        case .portBoundary: return key(kind, slot, "port") { $0 &+ (random.chance(50) ? 1 : ~0) }
        case .slots: return random.chance(50) ? swapped(slot, &random) : zeroed(slot, &random)
        case .addressBit, .region, .constant, .reference, .immediate, .register, .condition, .width, .offset,
            .target, .dropped, .damage:
            return nil
        }
    }

    /// Mostly one that is taken.
    private func slot(_ random: inout SeededRandom) -> Int {
        var slot = random.number(below: slotCount)
        for _ in 0..<8 where key(slot) == 0 { slot = random.number(below: slotCount) }
        return slot
    }

    private func key(_ slot: Int) -> UInt64 { bytes.number(UInt64.self, at: start + slot * 8) ?? 0 }

    private func bit(_ random: inout SeededRandom) -> Mutation {
        let part = random.number(below: 10)
        let slot = slot(&random)
        let (offset, name) =
            part < 6
            ? (slot * 8 + random.number(below: 8), "key of slot \(slot)")
            : part < 8
                ? (slotCount * 8 + slot * 4 + random.number(below: 4), "word of slot \(slot)")
                : (slotCount * 12 + random.number(below: bucketCount * 2), "displacements")
        let bit = random.number(below: 8)
        return Mutation(
            kind: .tableBit, place: .section(DecisionTable.section),
            words: "\(name): bit \(bit) of byte \(offset)",
            patches: [.init(offset: start + offset, bytes: [bytes[start + offset] ^ 1 << bit])])
    }

    private func key(
        _ kind: Mutation.Kind, _ slot: Int, _ field: String, _ change: (UInt64) -> UInt64
    ) -> Mutation {
        let (old, new) = (key(slot), change(key(slot)))
        return Mutation(
            kind: kind, place: .section(DecisionTable.section),
            words: "\(field) in the key of slot \(slot): 0x\(String(old, radix: 16))  →  "
                + "0x\(String(new, radix: 16))",
            patches: [.init(offset: start + slot * 8, bytes: Self.little(new))])
    }

    private func swapped(_ slot: Int, _ random: inout SeededRandom) -> Mutation {
        let other = random.number(below: slotCount)
        let keys = exchange(slot * 8, other * 8, count: 8)
        let words = exchange(slotCount * 8 + slot * 4, slotCount * 8 + other * 4, count: 4)
        return Mutation(
            kind: .slots, place: .section(DecisionTable.section),
            words: "slots \(slot) and \(other) change places", patches: keys + words)
    }

    private func exchange(_ first: Int, _ second: Int, count: Int) -> [Mutation.Patch] {
        let (one, other) = (start + first, start + second)
        return [
            Mutation.Patch(offset: one, bytes: Array(bytes[other..<other + count])),
            Mutation.Patch(offset: other, bytes: Array(bytes[one..<one + count])),
        ]
    }

    private func zeroed(_ slot: Int, _ random: inout SeededRandom) -> Mutation {
        let isKey = random.chance(50)
        let (offset, count) = isKey ? (slot * 8, 8) : (slotCount * 8 + slot * 4, 4)
        return Mutation(
            kind: .slots, place: .section(DecisionTable.section),
            words: "no \(isKey ? "key" : "word") in slot \(slot)",
            patches: [.init(offset: start + offset, bytes: [UInt8](repeating: 0, count: count))])
    }

    private static func little(_ number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}
