internal import CasaBPF
internal import CasaNode
internal import CasaPolicyIR
internal import CasaTestSupport

/// What a packet costs in our interpreter, and as a test run of the kernel; the same packets, in nanoseconds.
struct PacketPace {
    private static let rounds = 5
    private static let repetitions = 20

    let ours: Double
    let kernel: Double

    init(_ compiled: CompiledPolicy, interface: UInt32) throws {
        var generator = PacketGenerator(compiled.generated, seed: 1)
        let packets = generator.packets(2_000).filter { $0.subject == 1 && !$0.onLoopback }
        let count = Double(packets.count * Self.repetitions)
        let machine = try InterpretedObject(compiled, reportsAllowed: true)
        ours =
            try Timing.fastest(of: Self.rounds) {
                for packet in packets {
                    let answer = try machine.answer(to: packet, interface: interface)
                    for _ in 1..<Self.repetitions {
                        guard try machine.answersAgain(answer) else {
                            throw BenchFailure("the interpreter answers one packet in two ways: \(packet)")
                        }
                    }
                }
            } / count * 1e9
        let run = try TestRun(
            compiled.object, subject: 1, ruleCount: compiled.policy.rules.count, tables: compiled.tables,
            reportsAllowed: true)
        let frames = packets.map {
            (hook: $0.hook == .egress ? BPFProgramKind.egress : .ingress, TestFrame($0.bytes))
        }
        kernel =
            try Timing.fastest(of: Self.rounds) {
                for (hook, frame) in frames {
                    for _ in 0..<Self.repetitions {
                        _ = try run.answer(of: hook, to: frame, interface: interface)
                    }
                }
            } / count * 1e9
    }
}
