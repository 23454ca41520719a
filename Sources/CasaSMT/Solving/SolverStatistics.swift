/// How a solver's questions were answered.
package struct SolverStatistics: Hashable, Sendable {
    /// Questions asked, those about premises included.
    package var questions = 0
    /// Of these, answered by simplification alone.
    package var folded = 0
    /// Of these, given to the tactic for hard questions.
    package var escalated = 0
    /// What all searches cost, in Z3's own count of steps; the same in every process for the same questions
    /// in the same order.
    package var steps: UInt64 = 0
}
