internal import Foundation
internal import Synchronization

/// Very many packets of one policy, put to our interpreter and to the running kernel, as many at once as processors are.
///
/// Each asks something else than the others, or differs from them where nobody reads. The evaluator answers every
/// question; verdict, counter and event of every packet have to be its answer.
package struct BulkTrial: Sendable {
    package let compiled: CompiledPolicy
    /// Of them, those on the device `lo` not counted.
    package let packetCount: Int
    /// An interface that is not `lo`.
    package let interface: UInt32

    package init(_ compiled: CompiledPolicy, packetCount: Int, interface: UInt32) {
        self.compiled = compiled
        self.packetCount = packetCount
        self.interface = interface
    }

    /// Questions of all shares together, where there are packets enough.
    package static let questionCount = 30_000

    /// Where answers differ.
    package struct Disagreement: Error, CustomStringConvertible {
        package let description: String
    }

    /// What was tried.
    package struct Result: Sendable {
        package var coverage: Coverage
        /// Questions that differ.
        package var questions = 0
        /// Packets that did not come in on the device `lo`.
        package var packetsBesideLoopback = 0
    }

    package func run() throws -> Result {
        let count = ProcessInfo.processInfo.activeProcessorCount
        let results = Mutex<[Swift.Result<Result, any Error>]>([])
        DispatchQueue.concurrentPerform(iterations: count) { number in
            let result = Swift.Result { try BulkTrialShare(of: self, number: number, among: count).run() }
            results.withLock { $0.append(result) }
        }
        var sum = Result(coverage: Coverage())
        var coverage = Coverage(of: compiled)
        for result in results.withLock({ $0 }) {
            let own = try result.get()
            coverage.addSamePolicy(own.coverage)
            sum.questions += own.questions
            sum.packetsBesideLoopback += own.packetsBesideLoopback
        }
        sum.coverage.add(coverage)
        return sum
    }
}
