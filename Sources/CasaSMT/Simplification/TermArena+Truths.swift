extension TermArena {
    func not(_ term: TermID) -> TermID {
        guard simplifies else { return intern(.not(term), .boolean) }
        switch node(term) {
        case .truth(let value): return truth(!value)
        case .not(let inner): return inner
        case .constant, .variable, .connective, .relation, .unary, .binary, .extract, .concatenate, .extend,
            .select:
            return intern(.not(term), .boolean)
        }
    }

    func connective(_ connective: Connective, _ left: TermID, _ right: TermID) -> TermID {
        guard simplifies else { return intern(.connective(connective, left, right), .boolean) }
        let (first, second) = left < right ? (left, right) : (right, left)
        let rewritten =
            switch connective {
            case .and: rewriteJunction(.and, first, second, unit: true)
            case .or: rewriteJunction(.or, first, second, unit: false)
            case .iff: rewriteIff(first, second)
            }
        return rewritten ?? intern(.connective(connective, first, second), .boolean)
    }

    /// "And" and "or" are each other's mirror image: `unit` leaves the other operand as it is, `!unit`
    /// decides.
    private func rewriteJunction(
        _ junction: Connective, _ left: TermID, _ right: TermID, unit: Bool
    ) -> TermID? {
        if left == right { return left }
        for (one, other) in [(left, right), (right, left)] {
            if let value = truthValue(one) { return value == unit ? other : one }
        }
        if isNegation(left, right) { return truth(!unit) }
        for (one, other) in [(left, right), (right, left)] {
            guard case .connective(let inner, let first, let second) = node(other), inner != .iff else {
                continue
            }
            if first == one || second == one { return inner == junction ? other : one }
            guard isNegation(first, one) || isNegation(second, one) else { continue }
            if inner == junction { return truth(!unit) }
            return connective(junction, one, isNegation(first, one) ? second : first)
        }
        return nil
    }

    private func rewriteIff(_ left: TermID, _ right: TermID) -> TermID? {
        if left == right { return Self.truth }
        for (one, other) in [(left, right), (right, left)] {
            if let value = truthValue(one) { return value ? other : not(other) }
        }
        if isNegation(left, right) { return Self.falsehood }
        // Negations come outermost, where two of them cancel.
        if case .not(let inner) = node(left) { return not(connective(.iff, inner, right)) }
        if case .not(let inner) = node(right) { return not(connective(.iff, left, inner)) }
        return nil
    }
}
