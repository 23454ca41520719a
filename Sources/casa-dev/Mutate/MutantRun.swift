internal import Dispatch
internal import FoundationEssentials
internal import Synchronization

/// Tries mutants on all processors; the outcomes come in the order of the mutants.
struct MutantRun {
    private let subject: MutationSubject
    private let seed: UInt64

    init(_ subject: MutationSubject, seed: UInt64) {
        self.subject = subject
        self.seed = seed
    }

    /// A mutant with what became of it, and how long that took.
    struct Report: Sendable {
        let mutation: Mutation
        let outcome: MutantTrial.Outcome
        let time: Duration
    }

    private struct Progress {
        var next = 0
        var reports: [Report?]
    }

    func run(_ mutants: [Mutation]) -> [Report] {
        let progress = Mutex(Progress(reports: Array(repeating: nil, count: mutants.count)))
        let workers = min(ProcessInfo.processInfo.activeProcessorCount, max(1, mutants.count))
        DispatchQueue.concurrentPerform(iterations: workers) { [subject, seed] _ in
            // Solvers and their terms belong to one thread.
            let trial = MutantTrial(subject, seed: seed)
            while let index = progress.withLock({ progress -> Int? in
                guard progress.next < mutants.count else { return nil }
                progress.next += 1
                return progress.next - 1
            }) {
                let start = ContinuousClock.now
                let outcome = trial.run(mutants[index])
                let report = Report(
                    mutation: mutants[index], outcome: outcome, time: ContinuousClock.now - start)
                progress.withLock { $0.reports[index] = report }
            }
        }
        return progress.withLock { $0.reports.compactMap(\.self) }
    }
}
