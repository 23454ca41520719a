/// What a solver says to "can all of these hold at once?".
package enum Satisfiability: Hashable, Sendable {
    /// They do under this model, which our own evaluator has checked.
    case satisfiable(Model)
    case unsatisfiable
    case undecided(Undecided)
}

/// What a solver says about a text; its variables are not ours, so there is no model.
package enum ScriptAnswer: Hashable, Sendable {
    case satisfiable
    case unsatisfiable
    case undecided(Undecided)
}
