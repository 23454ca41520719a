extension TermArena {
    /// Of either sort.
    func select(_ condition: TermID, _ consequent: TermID, _ alternative: TermID) -> TermID {
        let plain = Node.select(condition, then: consequent, else: alternative)
        let sort = sorts[consequent.index]
        guard simplifies else { return intern(plain, sort) }
        if let value = truthValue(condition) { return value ? consequent : alternative }
        if consequent == alternative { return consequent }
        if case .not(let opposite) = node(condition) { return select(opposite, alternative, consequent) }
        if case .select(condition, let inner, _) = node(consequent) {
            return select(condition, inner, alternative)
        }
        // Where the outer condition fails the inner one does too, and both lead to the same.
        if case .select(let other, _, let rest) = node(consequent), rest == alternative,
            case .connective(.or, let left, let right) = node(condition), left == other || right == other
        {
            return consequent
        }
        if case .select(let other, let inner, let rest) = node(alternative) {
            if other == condition { return select(condition, consequent, rest) }
            if inner == consequent { return select(connective(.or, condition, other), consequent, rest) }
        }
        let truth = sort.isBoolean ? rewriteChoiceOfTruths(condition, consequent, alternative) : nil
        return truth ?? intern(plain, sort)
    }

    private func rewriteChoiceOfTruths(
        _ condition: TermID, _ consequent: TermID, _ alternative: TermID
    ) -> TermID? {
        if truthValue(consequent) == true || consequent == condition {
            return connective(.or, condition, alternative)
        }
        if truthValue(consequent) == false || isNegation(consequent, condition) {
            return connective(.and, not(condition), alternative)
        }
        if truthValue(alternative) == false || alternative == condition {
            return connective(.and, condition, consequent)
        }
        if truthValue(alternative) == true || isNegation(alternative, condition) {
            return connective(.or, not(condition), consequent)
        }
        return isNegation(consequent, alternative) ? connective(.iff, condition, consequent) : nil
    }
}
