/// Why there is no answer.
package enum Undecided: Hashable, Sendable, CustomStringConvertible {
    /// ``SolverLimits/resources`` were used up; the same everywhere.
    case resources
    /// ``SolverLimits/time`` was used up; another machine may answer.
    case time
    /// ``SolverLimits/memory`` was used up.
    case memory
    /// The premise cannot hold, so that anything would follow from it.
    case vacuousPremise
    /// The solver gave up, in its words.
    case incomplete(String)

    package var description: String {
        switch self {
        case .resources: "the solver's resource limit was reached"
        case .time: "the solver's time limit was reached"
        case .memory: "the solver's memory limit was reached"
        case .vacuousPremise: "the premise can never hold"
        case .incomplete(let reason): "the solver gave up: \(reason)"
        }
    }
}
