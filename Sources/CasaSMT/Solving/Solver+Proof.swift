extension Solver {
    /// Whether a claim holds wherever the premises do, these and what is assumed.
    ///
    /// It is proved only where the premises can hold; what follows from the impossible is
    /// `undecided(.vacuousPremise)`. Ask for `premise.implies(claim)` where that is no concern. The second
    /// question that this takes is asked once for the same premises, and not at all where they hold in an
    /// example.
    package func prove(
        _ claim: Boolean, assuming local: [Boolean] = [], example: Model? = nil
    ) throws(SolverError) -> Answer<Model> {
        let isLarge = Cone(of: local + [!claim]).count > Z3Strategy.sizeOfLarge
        // The premises get a frame, so that the solver is told them once for both questions.
        let frames = frames + [makeFrame(local)]
        let premise = claim.arena.conjunction(of: premises + local)
        switch try check([!claim], under: frames, isLarge: isLarge) {
        case .undecided(let reason): return .undecided(reason)
        case .satisfiable(let witness):
            // A witness against the claim is one for its premises.
            remember(premise)
            return .refuted(witness)
        case .unsatisfiable: break
        }
        if isKnown(premise) { return .proved }
        if let example, example.holds(premise) {
            remember(premise)
            return .proved
        }
        switch try check([], under: frames, isLarge: isLarge) {
        case .satisfiable:
            remember(premise)
            return .proved
        case .unsatisfiable: return .undecided(.vacuousPremise)
        case .undecided(let reason): return .undecided(reason)
        }
    }

    /// The question that `prove` asks, as a text: unsatisfiable where the claim holds.
    package func script(
        proving claim: Boolean, assuming local: [Boolean] = [], comments: [String] = []
    ) -> SMTLIBScript {
        script(checking: local + [!claim], comments: comments)
    }

    /// The question that `check` asks, as a text.
    package func script(checking terms: [Boolean], comments: [String] = []) -> SMTLIBScript {
        SMTLIBScript(asserting: premises + terms, comments: comments)
    }

    private func isKnown(_ premise: Boolean) -> Bool {
        _ = translation(of: premise.arena)
        return premise.constantValue == true || knownSatisfiable.contains(premise.id)
    }

    private func remember(_ premise: Boolean) {
        _ = translation(of: premise.arena)
        knownSatisfiable.insert(premise.id)
    }
}
