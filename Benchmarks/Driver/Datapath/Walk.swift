internal import CasaBundle

/// A program that makes decisions one after the other, and the fastest it was seen to.
final class Walk {
    /// As in `walk.bpf.h`.
    private static let decisions = 64
    private static let runs = 256
    private static let attempts = 4

    private let program: BenchProgram
    private let state: BenchMap
    /// Nanoseconds a decision.
    private(set) var best = Double.infinity

    init(_ name: String, of object: BenchObject) throws {
        program = try object.program(name)
        state = try object.map(".data.walk")
    }

    /// Runs once more; every decision has to pass.
    func round() throws {
        for _ in 0..<Self.attempts { try attempt() }
    }

    private func attempt() throws {
        let before = try passed()
        let nanoseconds = try program.run(times: Self.runs)
        let passed = try passed() - before
        guard passed == UInt64(Self.runs * Self.decisions) else {
            throw BenchFailure(
                "of \(Self.runs * Self.decisions) decisions \(passed) passed: not every look-up is a hit")
        }
        best = min(best, Double(nanoseconds) / Double(Self.decisions))
    }

    private func passed() throws -> UInt64 {
        guard let passed = try state.value().number(UInt64.self, at: 8) else {
            throw BenchFailure("the state of a walk has another shape")
        }
        return passed
    }
}
