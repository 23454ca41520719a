internal import CasaPolicyIR
import CasaTestSupport
import Testing

/// What `examples/` compiles to, with very many packets.
///
/// How long it may take is a benchmark's affair; here answers have to be equal, and packets worth asking.
@Suite(.serialized) struct ExampleDifferentialTests {
    /// Of each policy.
    #if DEBUG
        private static let packetCount = 10_000
    #else
        private static let packetCount = 1_000_000
    #endif

    @Test("there are examples")
    func examplesAreThere() {
        #expect(Examples.names.contains("banking"))
    }

    @Test(
        "the interpreter and the kernel answer a million packets of an example alike", .requires(.bpf),
        arguments: Examples.names)
    func packets(example: String) throws {
        let interface = try TestInterface.number()
        for generated in try ExamplePolicies.read(Examples.path(of: example)) {
            let began = ContinuousClock.now
            let compiled = try CompiledPolicy(generated)
            let trial = BulkTrial(compiled, packetCount: Self.packetCount, interface: interface)
            let result = try trial.run()
            print(
                """
                example \(example), namespace \(generated.policy.name): none differ, \
                in \(began.duration(to: .now)); \(result.questions) questions, \
                \(result.coverage.instructions) instructions interpreted
                \(result.coverage)
                """)
            let coverage = result.coverage
            #expect(result.packetsBesideLoopback >= Self.packetCount)
            #expect(result.questions * 2 > min(Self.packetCount, BulkTrial.questionCount))
            #expect(coverage.allowedShare >= 0.3)
            #expect(coverage.boundaryShare >= 0.5)
            #expect(coverage.hitRules == coverage.rules)
            #expect(coverage.missedRules == coverage.rules)
            #expect(coverage.kinds.count == GeneratedPacket.Kind.allCases.count)
        }
    }
}
