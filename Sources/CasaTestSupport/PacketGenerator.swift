internal import CasaPolicyIR

/// Packets for a policy from a seed: first every rule met and missed by one, then as many others as are asked for.
package struct PacketGenerator {
    private let generated: GeneratedPolicy
    private let flows: FlowGenerator
    /// Rules that some packet can match.
    private let reachable: [Int]
    private var random: SeededGenerator

    package init(_ generated: GeneratedPolicy, seed: UInt64) {
        self.generated = generated
        flows = FlowGenerator(generated)
        reachable = generated.policy.rules.indices.filter { [flows] in
            flows.reaches(generated.policy.rules[$0].peer)
        }
        random = SeededGenerator(seed: ~seed)
    }

    /// Never fewer than it takes to try every rule.
    package mutating func packets(_ count: Int) -> [GeneratedPacket] {
        var packets: [GeneratedPacket] = []
        packets.reserveCapacity(count)
        for number in generated.policy.rules.indices { packets += boundary(number) }
        while packets.count < count { packets.append(further()) }
        return packets
    }

    /// A flow that a rule matches, or now and then any other.
    package mutating func flow() -> Flow {
        guard !reachable.isEmpty, random.chance(75) else { return flows.anywhere(&random) }
        let rule = policy.rules[random.pick(reachable)]
        return random.pick(flows.matching(rule, &random))
    }

    private var policy: NamespacePolicy { generated.policy }

    // MARK: A rule and its neighbours

    private mutating func boundary(_ number: Int) -> [GeneratedPacket] {
        let rule = policy.rules[number]
        let subject = policy.number(of: rule.subject)
        if rule.peer == .loopback { return loopback(number, rule, subject) }
        var packets: [GeneratedPacket] = []
        guard flows.reaches(rule.peer) else { return [] }
        for flow in flows.matching(rule, &random) {
            packets.append(packet(.hit, number, subject, flow.asked(&random)))
            packets.append(packet(.reply, number, subject, flow.answered(&random)))
        }
        let flow = random.pick(flows.matching(rule, &random))
        for port in [rule.ports.lowerBound &- 1, rule.ports.upperBound &+ 1] where !rule.ports.contains(port)
        {
            packets.append(packet(.portMiss, number, subject, flow.with(port: port).asked(&random)))
        }
        for address in flows.neighbours(of: rule.peer, flow.address) {
            packets.append(packet(.addressMiss, number, subject, flow.with(address: address).asked(&random)))
        }
        packets.append(packet(.transportMiss, number, subject, flow.withOtherTransport.asked(&random)))
        packets.append(packet(.directionMiss, number, subject, flow.withOtherDirection.asked(&random)))
        let other = random.number(below: policy.subjects.count + 1)
        if other != subject { packets.append(packet(.subjectMiss, number, other, flow.asked(&random))) }
        return packets
    }

    /// On the device nothing is read; beside it the same packet is an ordinary one.
    private mutating func loopback(_ number: Int, _ rule: Rule, _ subject: Int) -> [GeneratedPacket] {
        let bytes = flows.anywhere(&random).asked(&random).layout.bytes
        return [true, false].map { onLoopback in
            GeneratedPacket(
                .loopback, rule: number, subject: subject, hook: rule.direction, onLoopback: onLoopback,
                bytes: bytes)
        }
    }

    private func packet(
        _ kind: GeneratedPacket.Kind, _ rule: Int?, _ subject: Int, _ placed: Flow.Placed
    ) -> GeneratedPacket {
        GeneratedPacket(kind, rule: rule, subject: subject, hook: placed.hook, bytes: placed.layout.bytes)
    }

    // MARK: Others

    private mutating func further() -> GeneratedPacket {
        var deformer = PacketDeformer(random: random)
        defer { random = deformer.random }
        if !reachable.isEmpty, deformer.random.chance(80) {
            let number = deformer.random.pick(reachable)
            let rule = policy.rules[number]
            let flow = deformer.random.pick(flows.matching(rule, &deformer.random))
            let subject = policy.number(of: rule.subject)
            let isReply = deformer.random.chance(40)
            var placed = isReply ? flow.answered(&deformer.random) : flow.asked(&deformer.random)
            guard deformer.random.chance(30) else {
                return packet(isReply ? .reply : .hit, number, subject, placed)
            }
            let (kind, bytes) = deformer.deform(&placed.layout)
            return GeneratedPacket(kind, rule: nil, subject: subject, hook: placed.hook, bytes: bytes)
        }
        let isNobody = deformer.random.chance(5)
        let subject = isNobody ? 0 : 1 + deformer.random.number(below: policy.subjects.count)
        let placed = flows.anywhere(&deformer.random).placed(&deformer.random)
        let onLoopback = deformer.random.chance(10)
        let bytes = onLoopback && deformer.random.chance(50) ? deformer.noise() : placed.layout.bytes
        return GeneratedPacket(
            onLoopback ? .loopback : .anywhere, rule: nil, subject: subject, hook: placed.hook,
            onLoopback: onLoopback, bytes: bytes)
    }
}
