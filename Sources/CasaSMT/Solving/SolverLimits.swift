/// How much one question may cost.
package struct SolverLimits: Hashable, Sendable {
    /// Z3's own count of steps, about ten million a second; what it cuts off is the same on every machine.
    package var resources: UInt32
    /// Wall time, where an answer late is as bad as none; what it cuts off depends on the machine.
    package var time: Duration?
    /// Megabytes that all solvers of the process may hold together while this one searches.
    package var memory: UInt32?

    package init(resources: UInt32 = 100_000_000, time: Duration? = nil, memory: UInt32? = nil) {
        precondition(resources > 0, "a limit of nothing would be none")
        self.resources = resources
        self.time = time
        self.memory = memory
    }
}
