/// How long things take.
enum Timing {
    private static let clock = ContinuousClock()

    /// Seconds of the fastest of so many runs.
    static func fastest(of runs: Int, _ work: () throws -> Void) rethrows -> Double {
        var best = Double.infinity
        for _ in 0..<runs { best = min(best, seconds(try clock.measure(work))) }
        return best
    }

    static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }
}

/// Collects what several parts of one piece of work take, the fastest time of each.
final class Stopwatch {
    private let clock = ContinuousClock()
    private(set) var best: [String: Double] = [:]

    func time<Result>(_ part: String, _ work: () throws -> Result) rethrows -> Result {
        let start = clock.now
        let result = try work()
        let seconds = Timing.seconds(clock.now - start)
        best[part] = min(best[part] ?? .infinity, seconds)
        return result
    }

    subscript(_ part: String) -> Double {
        guard let seconds = best[part] else { preconditionFailure("`\(part)` was never timed") }
        return seconds
    }
}
