internal import CasaSMT

/// Questions to the solver about one arena's terms, counted, and shown to whoever wants them written down.
final class Inquiry {
    let arena: TermArena
    let solver: Solver
    private let onQuestion: ((SMTLIBScript) -> Void)?
    private let first: SolverStatistics
    private let start = ContinuousClock.now

    init(_ solver: Solver, in arena: TermArena = TermArena(), onQuestion: ((SMTLIBScript) -> Void)?) {
        self.arena = arena
        self.solver = solver
        self.onQuestion = onQuestion
        first = solver.statistics
    }

    /// The same terms before another solver.
    func continued(by solver: Solver) -> Inquiry { Inquiry(solver, in: arena, onQuestion: onQuestion) }

    static func makeSolver(_ limits: SolverLimits) throws(ProofError) -> Solver {
        do { return try Solver(limits: limits) } catch { throw .solver(error) }
    }

    /// Whether all of these can hold at once.
    func check(_ terms: [Boolean]) throws(ProofError) -> Satisfiability {
        onQuestion?(solver.script(checking: terms))
        do { return try solver.check(terms) } catch { throw .solver(error) }
    }

    /// Whether a statement holds wherever the premises do.
    func prove(_ claim: Boolean, assuming premises: [Boolean] = []) throws(ProofError) -> Answer<Model> {
        onQuestion?(solver.script(proving: claim, assuming: premises))
        do { return try solver.prove(claim, assuming: premises) } catch { throw .solver(error) }
    }

    func result(_ name: String, _ answer: Answer<Counterexample>) -> ObligationResult {
        ObligationResult(
            name: name, answer: answer, questions: solver.statistics.questions - first.questions,
            steps: solver.statistics.steps - first.steps, time: ContinuousClock.now - start)
    }
}
