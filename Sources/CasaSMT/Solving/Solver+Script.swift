extension Solver {
    /// Whether a text's assertions can hold at once, as Z3's own reader takes them; what is assumed here has
    /// no part.
    ///
    /// For a question that was written down and is to be asked again.
    package func check(script text: String) throws(SolverError) -> ScriptAnswer {
        counted.questions += 1
        let solver = try Z3Solver(.thorough, Z3Budget(limits), in: context)
        for assertion in try Z3Assertions(of: text, in: context).terms { try solver.assert(assertion) }
        return switch try solver.check() {
        case .satisfiable: .satisfiable
        case .unsatisfiable: .unsatisfiable
        case .undecided(let reason): .undecided(reason)
        }
    }
}
