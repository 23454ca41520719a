import CasaTestSupport
import Foundation
import Testing

/// The evaluator is what a policy means; the interpreter and the kernel are what its bytes do.
@Suite(.serialized) struct PacketDifferentialTests {
    @Test("the evaluator, the interpreter and the kernel answer every packet alike")
    func packets() async throws {
        let interface = TrialSettings.asksKernel ? try TestInterface.number() : nil
        let seeds = TrialSettings.seeds
        let count = (TrialSettings.packetCount + seeds.count - 1) / seeds.count
        let began = ContinuousClock.now
        let (coverage, failures) = await run(seeds, count, interface)
        let duration = began.duration(to: .now)
        for failure in failures.prefix(3) { Issue.record("\(failure)") }
        print(
            """
            differential: \(failures.count) of \(seeds.count) policies disagree, in \(duration), \
            \(interface == nil ? "without" : "with") the kernel; \(coverage.instructions) instructions interpreted; \
            seeds \(seeds.first ?? 0) to \(seeds.last ?? 0)
            \(coverage)
            """)
        #expect(failures.isEmpty, "\(failures.count) of \(seeds.count) policies disagree")
        guard failures.isEmpty, seeds.count >= 50 else { return }
        #expect(coverage.packets >= TrialSettings.packetCount)
        #expect(coverage.allowedShare >= 0.3)
        #expect(coverage.boundaryShare >= 0.5)
        #expect(coverage.trees > 0 && coverage.trees < coverage.policies)
        #expect(coverage.hitRules + coverage.overruledRules + coverage.emptyRules == coverage.rules)
        #expect(coverage.hitRules * 2 > coverage.rules)
        #expect(coverage.missedRules + coverage.emptyRules >= coverage.rules)
        #expect(coverage.kinds.count == GeneratedPacket.Kind.allCases.count)
    }

    /// As many policies at once as there are processors.
    private func run(
        _ seeds: [UInt64], _ count: Int, _ interface: UInt32?
    ) async -> (Coverage, failures: [any Error]) {
        await withTaskGroup(of: Result<Coverage, any Error>.self) { group in
            var coverage = Coverage()
            var failures: [any Error] = []
            var waiting = seeds[...]
            func start() {
                guard let seed = waiting.popFirst() else { return }
                group.addTask {
                    Result { try PolicyTrial(seed: seed, packetCount: count, interface: interface).run() }
                }
            }
            for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { start() }
            while let result = await group.next() {
                switch result {
                case .success(let own): coverage.add(own)
                case .failure(let error): failures.append(error)
                }
                start()
            }
            return (coverage, failures)
        }
    }
}
