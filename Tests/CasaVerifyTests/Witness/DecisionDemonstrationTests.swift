import CasaBundle
import CasaCodegen
import CasaPolicyIR
import CasaTestSupport
import CasaVerify
import Testing

@Suite struct DecisionDemonstrationTests {
    /// Everything that code of another policy answers otherwise, at the ports of the rules.
    private func counterexamples(
        _ specimen: Specimen, _ bytes: [UInt8]
    ) throws -> [DecisionCounterexample] {
        let machine = try ObjectMachine(bytes, rules: specimen.policy.rules.count)
        var found: [DecisionCounterexample] = []
        for rule in specimen.claimed.rules {
            for number in rule.classes.prefix(2) {
                for port in [rule.ports.lowerBound, rule.ports.upperBound] {
                    let question =
                        UInt32(rule.direction.number) << 24 | UInt32(rule.transport.number) << 16
                        | UInt32(port)
                    let asked = (UInt32(rule.subject), UInt32(number), question)
                    let answer = machine.verdict(subject: asked.0, classNumber: asked.1, question: asked.2)
                    let expected = specimen.claimed.word(subject: asked.0, class: asked.1, question: asked.2)
                    guard case .word(let word) = answer, UInt32(truncatingIfNeeded: word) != expected else {
                        continue
                    }
                    found.append(
                        DecisionCounterexample(
                            subject: asked.0, classNumber: asked.1, question: asked.2,
                            found: UInt32(truncatingIfNeeded: word), expected: expected))
                }
            }
        }
        return found
    }

    /// The same policy in which every rule denies.
    private func denied(_ policy: NamespacePolicy) -> NamespacePolicy {
        NamespacePolicy(
            name: policy.name, subjects: policy.subjects,
            rules: policy.rules.map {
                Rule(
                    subject: $0.subject, direction: $0.direction, peer: $0.peer, transport: $0.transport,
                    ports: $0.ports, effect: $0.effect.passes ? .deny : .allow, source: $0.source,
                    origin: $0.origin, enforcement: $0.enforcement)
            }, runtime: policy.runtime)
    }

    @Test("what code of another policy answers is shown as a packet that the hooks judge otherwise")
    func wrongAnswers() throws {
        var shown = 0
        var visible = 0
        for seed in 1...30 {
            for form in [Manifest.DecisionSummary.Form.tree, .table] {
                let specimen = try Specimen(seed: seed, as: form)
                let bytes = try Specimen(denied(specimen.policy), as: form).bytes
                let replay = Replay(of: bytes, legend: specimen.legend)
                for counterexample in try counterexamples(specimen, bytes) {
                    let demonstration = try replay.demonstrate(.decision(counterexample))
                    let titles = demonstration.lines.map(\.title)
                    #expect(titles.first == "flow" && titles.last == "decided by")
                    shown += 1
                    if demonstration.text.contains("; expected: ") { visible += 1 }
                    guard let packet = demonstration.packet else { continue }
                    #expect(demonstration.capture?.packets == [packet.bytes])
                }
            }
        }
        #expect(shown > 500 && visible * 10 > shown * 8, "\(visible) of \(shown)")
    }

    @Test("a packet asks what the counterexample asks")
    func packets() throws {
        let specimen = try Specimen.single(port: 443...443, direction: .ingress, as: .tree)
        let bytes = try Specimen(denied(specimen.policy), as: .tree).bytes
        let counterexample = try #require(try counterexamples(specimen, bytes).first)
        let demonstration = try Replay(of: bytes, legend: specimen.legend).demonstrate(
            .decision(counterexample))
        let packet = try #require(demonstration.packet)
        let header = try PacketHeader.parse(packet.bytes).get()
        #expect(packet.direction == .ingress && !packet.onLoopback)
        #expect(header.destinationPort == 443 && header.transport == .tcp && header.opensFlow)
        #expect(header.destination == IPAddress("192.0.2.1") && header.source == IPAddress("192.0.2.2"))
        #expect(demonstration.summary == "the code refuses what the policy lets pass")
        #expect(demonstration.text.contains("allowed by rule 0"))
        #expect(demonstration.text.contains("exit"))
    }

    @Test("what is no question of a hook is shown by itself")
    func unasked() throws {
        let specimen = try Specimen.single(as: .tree)
        // The first instruction, `w0 = 0`, becomes `w0 = 7`: everything that is denied is answered with 7.
        var bytes = specimen.bytes
        bytes[try specimen.place(ofFunction: "casa_verdict").lowerBound + 4] = 7
        let demonstration = try Replay(of: bytes, legend: specimen.legend).demonstrate(
            .decision(
                DecisionCounterexample(
                    subject: 0, classNumber: 9, question: 0xFFFF_FFFF, found: 7, expected: 0)))
        #expect(demonstration.packet == nil)
        #expect(demonstration.summary == "the code answers what no hook asks")
    }

    @Test("what does not reproduce is not shown")
    func spurious() throws {
        let specimen = try Specimen.single(as: .tree)
        let replay = Replay(of: specimen.bytes, legend: specimen.legend)
        let right = specimen.claimed.word(subject: 1, class: 16, question: 6 << 16 | 443)
        #expect(right != 0)
        for (found, expected) in [(right, right), (right, 0), (0, right), (7, 0)] {
            #expect(throws: ReplayFailure.self) {
                try replay.demonstrate(
                    .decision(
                        DecisionCounterexample(
                            subject: 1, classNumber: 16, question: 6 << 16 | 443, found: found,
                            expected: expected)))
            }
        }
        #expect(throws: ReplayFailure.self) {
            try Replay(of: [1, 2, 3], legend: specimen.legend).demonstrate(
                .decision(
                    DecisionCounterexample(
                        subject: 1, classNumber: 16, question: 6 << 16 | 443, found: 1, expected: right)))
        }
    }
}

extension Specimen {
    /// What its numbers stand for.
    var legend: WitnessLegend {
        var meanings: [UInt16: WitnessLegend.Meaning] = [:]
        for entry in classes.entries {
            meanings[entry.number] =
                entry.peer.map(WitnessLegend.Meaning.learned)
                ?? .region((entry.blocks ?? []).compactMap(CIDRBlock.init))
        }
        return WitnessLegend(policy, classes: meanings)
    }
}
