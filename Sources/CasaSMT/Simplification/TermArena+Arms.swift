// An operation on a choice becomes a choice of operations, where an arm then becomes simpler: bytes that were
// merged one by one become the merged word again.

extension TermArena {
    /// The choice of what an operation makes of the arms; none where the way into choices ends.
    func choose(
        _ condition: TermID, _ consequent: @autoclosure () -> TermID,
        else alternative: @autoclosure () -> TermID
    ) -> TermID? {
        guard descent.enter() else { return nil }
        defer { descent.leave() }
        return select(condition, consequent(), alternative())
    }

    /// Two neighbours as one choice: both of one condition, or one a constant beside what may be a constant.
    func joinChoices(_ high: TermID, _ low: TermID) -> TermID? {
        if case .select(let condition, let first, let second) = node(high),
            self.condition(of: low) == condition
        {
            return choose(
                condition, concatenate(high: first, low: arm(of: low, where: true)),
                else: concatenate(high: second, low: arm(of: low, where: false)))
        }
        switch (node(high), node(low)) {
        case (.select(let condition, let consequent, let alternative), .constant)
        where isConstant(consequent) || isConstant(alternative):
            return choose(
                condition, concatenate(high: consequent, low: low),
                else: concatenate(high: alternative, low: low))
        case (.constant, .select(let condition, let consequent, let alternative))
        where isConstant(consequent) || isConstant(alternative):
            return choose(
                condition, concatenate(high: high, low: consequent),
                else: concatenate(high: high, low: alternative))
        case (_, _): return nil
        }
    }

    /// A part of a choice, where an arm has parts.
    func extractFromChoice(_ term: TermID, low: Int, width: Int) -> TermID? {
        guard case .select(let condition, let consequent, let alternative) = node(term),
            hasParts(consequent) || hasParts(alternative)
        else { return nil }
        return choose(
            condition, extract(consequent, low: low, width: width),
            else: extract(alternative, low: low, width: width))
    }

    /// A constant compared with a choice that may be a constant: that arm is decided.
    func compareChoice(_ relation: Relation, _ left: TermID, _ right: TermID) -> TermID? {
        switch (node(left), node(right)) {
        case (.select(let condition, let consequent, let alternative), .constant)
        where isConstant(consequent) || isConstant(alternative):
            return choose(
                condition, self.relation(relation, consequent, right),
                else: self.relation(relation, alternative, right))
        case (.constant, .select(let condition, let consequent, let alternative))
        where isConstant(consequent) || isConstant(alternative):
            return choose(
                condition, self.relation(relation, left, consequent),
                else: self.relation(relation, left, alternative))
        case (_, _): return nil
        }
    }

    /// What decides a choice, also where it is widened or stands below a constant; that is no chain, since
    /// what is widened or stands below a constant is neither widened nor below another.
    private func condition(of term: TermID) -> TermID? {
        switch node(term) {
        case .select(let condition, _, _): condition
        case .extend(.zero, let inner): condition(of: inner)
        case .concatenate(let high, let low): isConstant(high) ? condition(of: low) : nil
        case .truth, .constant, .variable, .not, .connective, .relation, .unary, .binary, .extract, .extend:
            nil
        }
    }

    /// What a term that has a condition is where the condition holds, or where it does not.
    private func arm(of term: TermID, where holds: Bool) -> TermID {
        switch node(term) {
        case .select(_, let consequent, let alternative): holds ? consequent : alternative
        case .extend(let kind, let inner): extend(kind, arm(of: inner, where: holds), to: width(term))
        case .concatenate(let high, let low): concatenate(high: high, low: arm(of: low, where: holds))
        case .truth, .constant, .variable, .not, .connective, .relation, .unary, .binary, .extract: term
        }
    }

    func isConstant(_ term: TermID) -> Bool { constantValue(term) != nil }

    /// Whether a part of it is simpler than it is.
    private func hasParts(_ term: TermID) -> Bool {
        switch node(term) {
        case .constant, .extract, .concatenate, .extend: true
        case .truth, .variable, .not, .connective, .relation, .unary, .binary, .select: false
        }
    }
}
