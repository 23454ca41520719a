extension Node<TermID> {
    /// A hash that is the same in every process and cheaper than the standard library's.
    func fingerprint(sort: Sort) -> UInt64 {
        var state = UInt64(sort.width) &* 0x9E37_79B9_7F4A_7C15
        switch self {
        case .truth(let value): Self.mix(&state, 1, value ? 1 : 0)
        case .constant(let value):
            Self.mix(&state, 2, UInt64(truncatingIfNeeded: value))
            Self.mix(&state, 3, UInt64(truncatingIfNeeded: value >> 64))
        case .variable(let number): Self.mix(&state, 4, UInt64(number))
        case .not(let operand): Self.mix(&state, 5, operand)
        case .connective(let connective, let left, let right):
            Self.mix(&state, 0x100 | UInt64(connective.rawValue), left, right)
        case .relation(let relation, let left, let right):
            Self.mix(&state, 0x200 | UInt64(relation.rawValue), left, right)
        case .unary(let operation, let operand):
            Self.mix(&state, 0x300 | UInt64(operation.rawValue), operand)
        case .binary(let operation, let left, let right):
            Self.mix(&state, 0x400 | UInt64(operation.rawValue), left, right)
        case .extract(let operand, let low): Self.mix(&state, 0x500 | UInt64(low), operand)
        case .concatenate(let high, let low): Self.mix(&state, 6, high, low)
        case .extend(let kind, let operand): Self.mix(&state, 0x600 | UInt64(kind.rawValue), operand)
        case .select(let condition, let consequent, let alternative):
            Self.mix(&state, 7, condition)
            Self.mix(&state, 8, consequent, alternative)
        }
        return state
    }

    private static func mix(_ state: inout UInt64, _ tag: UInt64, _ left: TermID, _ right: TermID) {
        mix(&state, tag, UInt64(left.rawValue) << 32 | UInt64(right.rawValue))
    }

    private static func mix(_ state: inout UInt64, _ tag: UInt64, _ operand: TermID) {
        mix(&state, tag, UInt64(operand.rawValue))
    }

    /// The finaliser of MurmurHash3, over what there is so far.
    private static func mix(_ state: inout UInt64, _ tag: UInt64, _ value: UInt64) {
        state = (state ^ value) &* 0xFF51_AFD7_ED55_8CCD
        state = (state ^ state >> 33 ^ tag) &* 0xC4CE_B9FE_1A85_EC53
        state ^= state >> 33
    }
}
