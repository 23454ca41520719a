// What the rules of simplification ask about a term.

extension TermArena {
    func node(_ term: TermID) -> Node<TermID> { nodes[term.index] }

    func width(_ term: TermID) -> Int { sorts[term.index].width }

    func constantValue(_ term: TermID) -> UInt128? {
        guard case .constant(let value) = node(term) else { return nil }
        return value
    }

    func truthValue(_ term: TermID) -> Bool? {
        guard case .truth(let value) = node(term) else { return nil }
        return value
    }

    func isNegation(_ left: TermID, _ right: TermID) -> Bool {
        node(left) == .not(right) || node(right) == .not(left)
    }

    func isComplement(_ left: TermID, _ right: TermID) -> Bool {
        node(left) == .unary(.complement, right) || node(right) == .unary(.complement, left)
    }

    /// A term as another and what is added to it.
    func offset(_ term: TermID) -> (base: TermID, offset: UInt128) {
        if case .binary(.add, let base, let right) = node(term), let offset = constantValue(right) {
            return (base, offset)
        }
        return (term, 0)
    }

    /// How many of the highest bits are seen to be zero.
    func leadingZeros(_ term: TermID) -> Int {
        switch node(term) {
        case .constant(let value): value.leadingZeroBitCount - (128 - width(term))
        case .extend(.zero, let operand): width(term) - width(operand)
        case .concatenate(let high, _): constantValue(high) == nil ? 0 : leadingZeros(high)
        case .select(_, let consequent, let alternative):
            isConstant(consequent) && isConstant(alternative)
                ? min(leadingZeros(consequent), leadingZeros(alternative)) : 0
        case .truth, .variable, .not, .connective, .relation, .unary, .binary, .extract, .extend: 0
        }
    }

    /// How many of the lowest bits are seen to be zero.
    func trailingZeros(_ term: TermID) -> Int {
        switch node(term) {
        case .constant(let value): min(value.trailingZeroBitCount, width(term))
        case .extend(_, let operand), .concatenate(_, let operand): trailingZeros(operand)
        case .select(_, let consequent, let alternative):
            isConstant(consequent) && isConstant(alternative)
                ? min(trailingZeros(consequent), trailingZeros(alternative)) : 0
        case .truth, .variable, .not, .connective, .relation, .unary, .binary, .extract: 0
        }
    }
}
