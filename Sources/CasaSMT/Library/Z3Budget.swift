/// What one search may cost, in Z3's units.
struct Z3Budget {
    var resources: UInt32
    var milliseconds: UInt32?
    var megabytes: UInt32?

    init(_ limits: SolverLimits) {
        resources = limits.resources
        milliseconds = limits.time.map { time in
            let (seconds, attoseconds) = time.components
            let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1000)
            let milliseconds = whole.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
            // One below the greatest, which Z3 takes for no limit.
            guard !overflow, !milliseconds.overflow else { return UInt32.max - 1 }
            return UInt32(min(max(milliseconds.partialValue, 1), Int64(UInt32.max - 1)))
        }
        megabytes = limits.memory
    }
}
