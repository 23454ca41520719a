/// The solver did not do its work: it was asked for what it does not know, or ran out of memory while being
/// asked.
///
/// Not an answer; a limit that a question reaches is ``Undecided``.
package enum SolverError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A text that is not SMT-LIB, or not of the logic.
    case text(String)
    case memory(String)
    /// Anything else, in the library's words: a mistake of ours.
    case library(String)

    package var description: String {
        switch self {
        case .text(let message): "the solver cannot read the text: \(message)"
        case .memory(let message): "the solver has no memory left: \(message)"
        case .library(let message): "the solver failed: \(message)"
        }
    }
}
