internal import CasaPolicyIR

/// What a compiler makes of rules when it misreads them.
enum RuleChange: String {
    case lastPortLess = "last port - 1"
    case lastPortMore = "last port + 1"
    case firstPortMore = "first port + 1"
    case firstPortOnly = "first port only"
    case bothDirections = "both directions"
    case otherDirection = "other direction"
    case bothTransports = "both transports"
    case otherTransport = "other transport"
    case allSubjects = "all subjects"
    case nextSubject = "next subject"
    case denied = "denied"
    case upperHalves = "upper halves of IPv6 blocks"
    case narrowBlocks = "narrow blocks only"

    func applied(to policy: NamespacePolicy) -> NamespacePolicy {
        let subjects = policy.subjects.map(\.workload)
        return NamespacePolicy(
            name: policy.name, subjects: policy.subjects,
            rules: policy.rules.flatMap { changed($0, subjects: subjects) }, runtime: policy.runtime)
    }

    private func changed(_ rule: Rule, subjects: [WorkloadID]) -> [Rule] {
        let (first, last) = (rule.ports.lowerBound, rule.ports.upperBound)
        switch self {
        case .lastPortLess: return [rule.with(ports: first...max(first, last &- (last > first ? 1 : 0)))]
        case .lastPortMore: return [rule.with(ports: first...(last == .max ? last : last + 1))]
        case .firstPortMore: return [rule.with(ports: (first == last ? first : first + 1)...last)]
        case .firstPortOnly: return [rule.with(ports: rule.transport == .any ? rule.ports : first...first)]
        case .bothDirections: return Direction.allCases.map { rule.with(direction: $0) }
        case .otherDirection: return [rule.with(direction: rule.direction == .egress ? .ingress : .egress)]
        case .bothTransports:
            return rule.transport == .any ? [rule] : [.tcp, .udp].map { rule.with(transport: $0) }
        case .otherTransport:
            switch rule.transport {
            case .tcp: return [rule.with(transport: .udp)]
            case .udp: return [rule.with(transport: .tcp)]
            case .any: return [rule]
            }
        case .allSubjects: return subjects.map { rule.with(subject: $0) }
        case .nextSubject:
            guard let index = subjects.firstIndex(of: rule.subject) else { return [rule] }
            return [rule.with(subject: subjects[(index + 1) % subjects.count])]
        case .denied: return [rule.with(effect: .deny)]
        case .upperHalves: return [rule.with(peer: rule.peer.withoutLowerHalf)]
        case .narrowBlocks:
            guard case .block(let block) = rule.peer, block.prefixLength < 16 else { return [rule] }
            return []
        }
    }
}

extension PeerClass {
    fileprivate var withoutLowerHalf: PeerClass {
        guard case .block(let block) = self, block.address.bitWidth == 128, block.prefixLength > 64,
            let wide = CIDRBlock(block.address, prefixLength: 64)
        else { return self }
        return .block(wide.normalised)
    }
}

extension Rule {
    fileprivate func with(
        subject: WorkloadID? = nil, direction: Direction? = nil, peer: PeerClass? = nil,
        transport: Transport? = nil, ports: ClosedRange<UInt16>? = nil, effect: Effect? = nil
    ) -> Rule {
        Rule(
            subject: subject ?? self.subject, direction: direction ?? self.direction, peer: peer ?? self.peer,
            transport: transport ?? self.transport, ports: ports ?? self.ports, effect: effect ?? self.effect,
            source: source, origin: origin, enforcement: enforcement)
    }
}
