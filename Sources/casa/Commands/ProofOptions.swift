internal import CasaSMT

/// What commands that prove have in common.
enum ProofOptions {
    static let steps = Option(
        "--steps", "N", "what one question may cost the solver (default 100000000, some ten seconds)")

    static func limits(_ arguments: Arguments) throws(UsageError) -> SolverLimits {
        guard let text = arguments.value(steps.name) else { return SolverLimits() }
        guard let steps = UInt32(text), steps > 0 else {
            throw UsageError("`\(text)` is no number of steps from 1 to \(UInt32.max)")
        }
        return SolverLimits(resources: steps)
    }
}
