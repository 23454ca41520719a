internal import CZ3

/// Owns one of a context's solvers.
final class Z3Solver {
    private let context: Z3Context
    private var budget: Z3Budget
    private let strategy: Z3Strategy
    private let raw: OpaquePointer

    init(_ strategy: Z3Strategy, _ budget: Z3Budget, in context: Z3Context) throws(SolverError) {
        self.context = context
        self.budget = budget
        self.strategy = strategy
        switch strategy {
        case .incremental: raw = try context.handle { Z3_mk_simple_solver($0) }
        case .thorough:
            let tactic = try Z3Tactic.bitBlasting(in: context)
            raw = try context.handle { Z3_mk_solver_from_tactic($0, tactic.raw) }
        }
        Z3_solver_inc_ref(context.raw, raw)
        try configure()
    }

    deinit { Z3_solver_dec_ref(context.raw, raw) }

    func assert(_ term: OpaquePointer) throws(SolverError) {
        try context.call { Z3_solver_assert($0, raw, term) }
    }

    func push() throws(SolverError) { try context.call { Z3_solver_push($0, raw) } }

    func pop(_ levels: Int) throws(SolverError) {
        try context.call { Z3_solver_pop($0, raw, UInt32(levels)) }
    }

    /// Changes what a search may cost.
    func limit(resources: UInt32) throws(SolverError) {
        guard resources != budget.resources else { return }
        budget.resources = resources
        try configure()
    }

    func check() throws(SolverError) -> Z3Outcome {
        let start = ContinuousClock.now
        let result = Z3_solver_check(context.raw, raw)
        // A limit may leave an error behind, which then is the reason; an answer may not.
        if result != Z3_L_UNDEF { try context.requireSuccess() }
        context.steps = try Z3Statistics.steps(of: raw, in: context)
        switch result {
        case Z3_L_TRUE:
            return .satisfiable(Z3Model(try context.handle { Z3_solver_get_model($0, raw) }, in: context))
        case Z3_L_FALSE: return .unsatisfiable
        default:
            let reason = try context.call { String(cString: Z3_solver_get_reason_unknown($0, raw)) }
            return .undecided(explain(reason, after: ContinuousClock.now - start))
        }
    }

    private func configure() throws(SolverError) {
        let parameters = try Z3Parameters(in: context)
        try parameters.set("random_seed", 0)
        try parameters.set("rlimit", budget.resources)
        if let milliseconds = budget.milliseconds { try parameters.set("timeout", milliseconds) }
        if let megabytes = budget.megabytes { try parameters.set("max_memory", megabytes) }
        switch strategy {
        // Everything asked here is relevant; keeping count of it costs a quarter of the time.
        case .incremental: try parameters.set("relevancy", 0)
        case .thorough: break
        }
        // A library does not take the signal handlers of its process.
        try parameters.set("ctrl_c", false)
        try context.call { Z3_solver_set_params($0, raw, parameters.raw) }
    }

    /// Z3 says "canceled" or "unknown" for most of its limits, so what was reached is looked up.
    private func explain(_ reason: String, after elapsed: Duration) -> Undecided {
        if let milliseconds = budget.milliseconds, elapsed >= .milliseconds(milliseconds) { return .time }
        if let megabytes = budget.megabytes, Z3Context.allocatedBytes >> 20 >= UInt64(megabytes) {
            return .memory
        }
        if reason.contains("memory") { return .memory }
        let ofLimits = ["canceled", "timeout", "unknown", "max. resource limit exceeded"]
        return ofLimits.contains(reason) ? .resources : .incomplete(reason)
    }
}
