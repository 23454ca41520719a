internal import CZ3

/// Reads what a solver says about its work.
enum Z3Statistics {
    /// What has been spent in the solver's context since it was made, in Z3's count of steps.
    static func steps(of solver: OpaquePointer, in context: Z3Context) throws(SolverError) -> UInt64 {
        let raw = try context.handle { Z3_solver_get_statistics($0, solver) }
        Z3_stats_inc_ref(context.raw, raw)
        defer { Z3_stats_dec_ref(context.raw, raw) }
        // It stands at the end.
        for index in (0..<Z3_stats_size(context.raw, raw)).reversed() {
            guard let key = Z3_stats_get_key(context.raw, raw, index), String(cString: key) == "rlimit count"
            else { continue }
            // A number that is too large for the one is given as the other, exactly.
            return Z3_stats_is_uint(context.raw, raw, index)
                ? UInt64(Z3_stats_get_uint_value(context.raw, raw, index))
                : UInt64(Z3_stats_get_double_value(context.raw, raw, index))
        }
        // A count of nothing is left out.
        return 0
    }
}
