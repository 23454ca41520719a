import CasaPolicyIR
import CasaTestSupport
import Testing

/// Sockets of processes under generated policies: no test run of the kernel is made of these.
@Suite(.serialized) struct RealCallTests {
    @Test("a process may connect exactly where the evaluator says so", .requires(.bpf))
    func connects() throws {
        var asked = 0
        var passed = 0
        for seed in UInt64(301)...312 {
            let site = try CallSite(seed: seed)
            let evaluator = PacketEvaluator(site.generated.policy, book: site.generated.book)
            var flows = PacketGenerator(site.generated, seed: seed)
            var random = SeededGenerator(seed: seed)
            for (index, subject) in site.generated.policy.subjects.enumerated() {
                let calls = (0..<60).map { _ in Self.call(flows.flow(), &random) }
                let refusals = try site.refusals(of: calls, subject: index + 1)
                for (call, isRefused) in zip(calls, refusals) {
                    let verdict = evaluator.judge(
                        callTo: .init(address: call.address, port: call.port), over: call.transport,
                        from: nil,
                        subject: subject.workload)
                    asked += 1
                    if verdict.passes { passed += 1 }
                    guard isRefused == verdict.passes else { continue }
                    Issue.record(
                        """
                        seed \(seed), \(subject.workload.name) to \(call.written) \(call.transport) \(call.port): \
                        \(isRefused ? "refused" : "not refused"), evaluator \(verdict)
                        \(site.generated)
                        """)
                    return
                }
            }
        }
        print("real calls: \(asked), \(passed) passed")
        #expect(passed * 10 > asked && passed < asked)
    }

    private static func call(_ flow: Flow, _ random: inout SeededGenerator) -> CallSite.Call {
        let address =
            switch flow.address {
            case .v4: flow.address
            case .v6(let high, let low): IPAddress(high: high, low: low)
            }
        let isMapped = if case .v4 = address { random.chance(30) } else { false }
        return CallSite.Call(address: address, isMapped: isMapped, port: flow.port, transport: flow.transport)
    }
}
