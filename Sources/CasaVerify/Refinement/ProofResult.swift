package import CasaSMT

/// What came of proving an object: every obligation, with its answer.
package struct ProofResult: Sendable {
    package let obligations: [ObligationResult]

    package init(_ obligations: [ObligationResult]) {
        self.obligations = obligations
    }

    /// Proved if all are; refuted if one is; else undecided for the first reason.
    package var answer: Answer<Counterexample> {
        var undecided: Undecided?
        for obligation in obligations {
            switch obligation.answer {
            case .proved: continue
            case .refuted(let counterexample): return .refuted(counterexample)
            case .undecided(let reason): undecided = undecided ?? reason
            }
        }
        return undecided.map(Answer.undecided) ?? .proved
    }
}

/// One thing that has to hold, and whether it does.
package struct ObligationResult: Sendable {
    /// In words that stay the same: `hook casa_egress`, `verdict`, `region4`.
    package let name: String
    package let answer: Answer<Counterexample>
    /// How many questions the solver was asked.
    package let questions: Int
    /// What they took, in the solver's own steps: the same on every machine.
    package let steps: UInt64
    package let time: Duration

    package init(
        name: String, answer: Answer<Counterexample>, questions: Int, steps: UInt64, time: Duration
    ) {
        self.name = name
        self.answer = answer
        self.questions = questions
        self.steps = steps
        self.time = time
    }
}

/// Why an object was not even asked about, or not to an end.
package enum ProofError: Error, Hashable, Sendable {
    /// It is no object of ours, or holds what the model does not cover; in words, with its place.
    case rejected(String)
    case solver(SolverError)
}
