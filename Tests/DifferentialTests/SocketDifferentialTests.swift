import CasaPolicyIR
import CasaTestSupport
import Testing

/// What depends on a socket: calls, and replies to datagrams.
@Suite struct SocketDifferentialTests {
    private func compiled(_ seed: UInt64) throws -> CompiledPolicy {
        var generator = PolicyGenerator(seed: seed)
        return try CompiledPolicy(generator.generate())
    }

    @Test("a socket gets the replies it asked for, of the last eight it asked, and no others")
    func replies() throws {
        var datagrams = 0
        var replies = 0
        var unsolicited = 0
        for seed in UInt64(1)...60 {
            let compiled = try compiled(seed)
            let machine = try InterpretedObject(compiled, reportsAllowed: true)
            for subject in 1...compiled.policy.subjects.count {
                var conversation = SocketConversation(
                    compiled, subject: subject, machine: machine, seed: seed)
                do {
                    try conversation.converse(steps: 120)
                    try conversation.converseConnected(steps: 40)
                } catch let error as SocketConversation.Disagreement {
                    Issue.record("seed \(seed): \(error.message)")
                    return
                }
                datagrams += conversation.datagrams
                replies += conversation.replies
                unsolicited += conversation.unsolicited
            }
        }
        print("sockets: \(datagrams) datagrams, \(replies) replies, \(unsolicited) unsolicited")
        #expect(replies > 1000 && unsolicited > 1000)
    }

    @Test("connect and sendmsg are answered as the evaluator answers them")
    func calls() throws {
        var calls = 0
        var passed = 0
        for seed in UInt64(1)...100 {
            let compiled = try compiled(seed)
            let reports = seed % 2 == 0
            let machine = try InterpretedObject(compiled, reportsAllowed: reports)
            let reference = Reference(compiled.generated, reportsAllowed: reports)
            var flows = PacketGenerator(compiled.generated, seed: seed)
            var random = SeededGenerator(seed: seed)
            for _ in 0..<300 {
                let flow = flows.flow()
                let served = flow.direction == .ingress ? flow.port : 0
                let call = GeneratedCall(
                    flow, localPort: random.chance(60) ? served : 0, random: &random)
                let subject = random.number(below: compiled.policy.subjects.count + 1)
                let expected = reference.answer(to: call, subject: subject)
                let answer = try machine.answer(to: call, subject: subject)
                if let difference = expected.difference(from: answer) {
                    Issue.record(
                        """
                        \(difference), seed \(seed), subject \(subject), \(call)
                        evaluator:   \(expected)
                        interpreter: \(answer)
                        \(compiled.generated)
                        """)
                    return
                }
                calls += 1
                if expected.passes { passed += 1 }
            }
        }
        print("calls: \(calls), \(passed) passed")
        #expect(passed * 8 > calls && passed < calls)
    }
}
