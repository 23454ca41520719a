internal import CasaBundle

/// What a compiler writes into the decision table when it lays it out wrongly.
enum TableChange: String {
    case displacements = "displacements + 1"
    case words = "words one slot late"
    case ranges = "ranges as ports"
    case directions = "direction one bit low"

    func mutation(of image: ObjectImage, entries: Int) throws(MutationFailure) -> Mutation {
        let range = image.range(of: DecisionTable.section)
        guard !range.isEmpty else { throw .failed("there is no decision table") }
        let slots = PerfectHash.slotCount(keys: entries)
        var bytes = Array(image.bytes[range])
        switch self {
        case .displacements:
            for bucket in 0..<(entries + 3) / 4 { bytes[slots * 12 + bucket * 2] &+= 1 }
        case .words:
            let words = Array(bytes[slots * 8..<slots * 12])
            bytes.replaceSubrange(slots * 8..<slots * 12, with: words.suffix(4) + words.dropLast(4))
        case .ranges:
            for slot in 0..<slots { bytes[slot * 8 + 2] &= 0xFE }
        case .directions:
            for slot in 0..<slots where bytes[slot * 8 + 3] & 0x80 != 0 { bytes[slot * 8 + 3] ^= 0xC0 }
        }
        return Mutation(
            kind: .tableBit, place: .section(DecisionTable.section), words: rawValue,
            patches: [.init(offset: range.lowerBound, bytes: bytes)])
    }
}
