/// Why a counterexample cannot be shown.
package enum ReplayFailure: Error, Hashable, Sendable {
    /// The bytes cannot be run at all.
    case unreadable(String)
    /// Evaluator or interpreter say otherwise than the counterexample: a mistake of ours, never of the user's.
    case notReproduced(String)
}

extension ReplayFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let reason): reason
        case .notReproduced(let difference): "the counterexample is spurious: \(difference)"
        }
    }
}
