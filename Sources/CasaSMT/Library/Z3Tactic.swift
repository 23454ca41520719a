internal import CZ3

/// Owns a tactic: what a question is turned into, step by step, and what then searches.
///
/// This is the main way of Z3's `qfbv`, without its probes. One of those asks how much memory the whole process
/// holds, so that the answer to a question would depend on what other solvers are doing.
final class Z3Tactic {
    private struct Step {
        let name: String
        var switches: [(name: String, isOn: Bool)] = []
        var numbers: [(name: String, value: UInt32)] = []
    }

    private let context: Z3Context
    let raw: OpaquePointer

    private init(owning raw: OpaquePointer, in context: Z3Context) {
        self.context = context
        self.raw = raw
        Z3_tactic_inc_ref(context.raw, raw)
    }

    deinit { Z3_tactic_dec_ref(context.raw, raw) }

    /// Simplifies, blasts to bits, simplifies these, and searches with the SAT solver.
    static func bitBlasting(in context: Z3Context) throws(SolverError) -> Z3Tactic {
        var whole: Z3Tactic?
        for step in steps {
            let next = try make(step, in: context)
            guard let previous = whole else {
                whole = next
                continue
            }
            let joined = try context.handle { Z3_tactic_and_then($0, previous.raw, next.raw) }
            whole = Z3Tactic(owning: joined, in: context)
        }
        guard let whole else { throw .library("a tactic has no steps") }
        return whole
    }

    private static let steps = [
        Step(name: "simplify", switches: rewriting),
        Step(name: "propagate-values", switches: rewriting),
        Step(name: "solve-eqs", numbers: [("solve_eqs_max_occs", 2)]),
        Step(name: "elim-uncnstr"),
        Step(name: "reduce-bv-size"),
        Step(
            name: "simplify",
            switches: rewriting + [
                ("som", true), ("pull_cheap_ite", true), ("push_ite_bv", false), ("local_ctx", true),
            ],
            numbers: [("local_ctx_limit", 10_000_000)]),
        Step(name: "simplify", switches: rewriting + [("hoist_mul", true), ("som", false)]),
        Step(name: "max-bv-sharing"),
        Step(name: "bit-blast"),
        Step(name: "simplify", switches: rewriting + [("local_ctx", true), ("flat", false)]),
        Step(name: "solve-eqs"),
        Step(name: "aig", switches: [("aig_per_assertion", false)]),
        Step(name: "sat"),
    ]

    private static let rewriting = [("elim_and", true), ("push_ite_bv", true), ("blast_distinct", true)]

    private static func make(_ step: Step, in context: Z3Context) throws(SolverError) -> Z3Tactic {
        let plain = Z3Tactic(owning: try context.handle { Z3_mk_tactic($0, step.name) }, in: context)
        let parameters = try Z3Parameters(in: context)
        for (name, isOn) in step.switches { try parameters.set(name, isOn) }
        for (name, value) in step.numbers { try parameters.set(name, value) }
        let tuned = try context.handle { Z3_tactic_using_params($0, plain.raw, parameters.raw) }
        return Z3Tactic(owning: tuned, in: context)
    }
}
