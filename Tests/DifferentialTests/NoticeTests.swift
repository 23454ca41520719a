import CasaPolicyIR
import CasaTestSupport
import Testing

/// Whether the differential test would notice.
@Suite struct NoticeTests {
    /// One thing said otherwise in the object than in the policy.
    enum Change: CaseIterable {
        case effect, port, direction, transport, subject
    }

    @Test("an object of a policy with one rule changed is found out", arguments: Change.allCases)
    func changedRule(change: Change) throws {
        var changed = 0
        var noticed = 0
        for seed in UInt64(1)...40 {
            var generator = PolicyGenerator(seed: seed)
            let generated = generator.generate()
            guard let other = Self.change(change, in: generated, seed: seed) else { continue }
            changed += 1
            let compiled = try CompiledPolicy(generated, compiling: other)
            do {
                _ = try PolicyTrial(seed: seed, packetCount: 0, interface: nil).run(compiled)
            } catch is PolicyTrial.Disagreement {
                noticed += 1
            }
        }
        #expect(changed > 20)
        #expect(noticed == changed)
    }

    @Test("a trial in bulk finds such an object out too", .requires(.bpf))
    func bulk() throws {
        var generator = PolicyGenerator(seed: 3)
        let generated = generator.generate()
        let other = try #require(Self.change(.effect, in: generated, seed: 3))
        let interface = try TestInterface.number()
        let right = try CompiledPolicy(generated)
        let result = try BulkTrial(right, packetCount: 4_000, interface: interface).run()
        #expect(result.packetsBesideLoopback >= 4_000)
        let wrong = try CompiledPolicy(generated, compiling: other)
        #expect(throws: BulkTrial.Disagreement.self) {
            try BulkTrial(wrong, packetCount: 4_000, interface: interface).run()
        }
    }

    /// The policy with the first rule changed whose word decides something; `nil` where it cannot be.
    private static func change(_ change: Change, in generated: GeneratedPolicy, seed: UInt64)
        -> NamespacePolicy?
    {
        let policy = generated.policy
        var packets = PacketGenerator(generated, seed: seed)
        let reference = Reference(generated, reportsAllowed: false)
        for packet in packets.packets(0) where packet.kind == .hit {
            guard let number = packet.rule, reference.answer(to: packet).verdict.decision.rule == number,
                let replacement = replacement(for: policy.rules[number], change, policy.subjects)
            else { continue }
            var rules = policy.rules
            rules[number] = replacement
            let other = NamespacePolicy(
                name: policy.name, subjects: policy.subjects, rules: rules, runtime: policy.runtime)
            // Counters go by number, so there must be as many.
            if other.rules.count == policy.rules.count { return other }
        }
        return nil
    }

    private static func replacement(for rule: Rule, _ change: Change, _ subjects: [Subject]) -> Rule? {
        var (subject, direction, transport) = (rule.subject, rule.direction, rule.transport)
        var (ports, effect) = (rule.ports, rule.effect)
        switch change {
        case .effect: effect = effect.passes ? .deny : .allow
        case .port:
            guard ports.lowerBound < ports.upperBound else { return nil }
            ports = ports.lowerBound + 1...ports.upperBound
        case .direction: direction = direction == .egress ? .ingress : .egress
        case .transport:
            guard transport != .any else { return nil }
            transport = transport == .tcp ? .udp : .tcp
        case .subject:
            guard let other = subjects.first(where: { $0.workload != subject }) else { return nil }
            subject = other.workload
        }
        return Rule(
            subject: subject, direction: direction, peer: rule.peer, transport: transport, ports: ports,
            effect: effect, source: rule.source, origin: nil)
    }
}
