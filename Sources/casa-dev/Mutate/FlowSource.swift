internal import CasaBundle
internal import CasaPolicyIR
internal import CasaVerify

/// Flows that a policy speaks of, with their neighbours.
struct FlowSource {
    struct Flow {
        let subject: UInt32
        let direction: Direction
        let address: IPAddress
        let transport: Transport
        /// The port that is asked about: the peer's for egress, the subject's own for ingress.
        let port: UInt16
        let otherPort: UInt16

        var remotePort: UInt16 { direction == .egress ? port : otherPort }
        var localPort: UInt16 { direction == .egress ? otherPort : port }
    }

    private let subject: MutationSubject
    private let addresses: [IPAddress]

    init(_ subject: MutationSubject) {
        self.subject = subject
        addresses =
            subject.known.map(\.address)
            + subject.classified.regions.flatMap(\.blocks).flatMap {
                [$0.addresses.lowerBound, $0.addresses.upperBound]
            }
    }

    func flow(_ random: inout SeededRandom) -> Flow {
        let rules = subject.policy.rules.filter { $0.transport != .any }
        guard !rules.isEmpty, random.chance(85) else {
            return Flow(
                subject: UInt32(random.number(below: subject.policy.subjects.count) + 1),
                direction: random.pick([.egress, .ingress]), address: address(&random),
                transport: random.pick([.tcp, .udp]), port: UInt16(random.number(below: 1 << 16)),
                otherPort: 49_152)
        }
        let rule = random.pick(rules)
        let ends = [rule.ports.lowerBound, rule.ports.upperBound]
        let number = subject.policy.number(of: rule.subject)
        return Flow(
            subject: UInt32(number), direction: random.chance(85) ? rule.direction : .egress,
            address: address(of: rule.peer, &random),
            transport: random.chance(90) ? rule.transport : random.pick([.tcp, .udp]),
            port: random.pick(ends) &+ random.pick([0, 0, 0, 1, ~0]),
            otherPort: random.chance(70) ? 49_152 : random.pick(rules).ports.lowerBound)
    }

    /// Mostly one of the peer's own.
    private func address(of peer: PeerClass, _ random: inout SeededRandom) -> IPAddress {
        guard random.chance(80) else { return address(&random) }
        if case .block(let block) = peer {
            return random.pick([block.addresses.lowerBound, block.addresses.upperBound])
        }
        let own = subject.known.filter { entry in
            entry.classes.contains { subject.legend.meaning(of: UInt32($0)) == .learned(peer) }
        }
        return own.isEmpty ? address(&random) : random.pick(own).address
    }

    private func address(_ random: inout SeededRandom) -> IPAddress {
        if !addresses.isEmpty, random.chance(70) { return random.pick(addresses) }
        return random.chance(50)
            ? .v4(UInt32(truncatingIfNeeded: random.next())) : .v6(high: random.next(), low: random.next())
    }
}
