internal import CasaPolicyIR

/// Flows that a policy's rules match, and flows to everyone that it or its node knows of.
struct FlowGenerator: Sendable {
    /// By class, from the node's book.
    private let learned: [PeerClass: [IPAddress]]
    /// Everyone known, the ends of blocks, and their neighbours.
    private let places: [IPAddress]
    /// Those of rules, and their neighbours.
    private let ports: [UInt16]

    init(_ generated: GeneratedPolicy) {
        var learned: [PeerClass: [IPAddress]] = [:]
        var places: [IPAddress] = [.v4(0x0808_0808), .v4(0), .v4(.max), .v4(0x7F00_0001)]
        places += [
            .v6(high: 0, low: 1), .v6(high: 0, low: 0xFFFF_0A00_0001), .v6(high: 0x2001_0DB8 << 32, low: 1),
        ]
        for entry in generated.book.sorted {
            places.append(entry.address)
            for peer in entry.classes { learned[peer, default: []].append(entry.address) }
        }
        var ports: Set<UInt16> = [0, 1, 65534, 65535]
        for rule in generated.policy.rules {
            if case .block(let block) = rule.peer {
                let ends = block.addresses
                places += [ends.lowerBound.previous, ends.lowerBound, ends.upperBound, ends.upperBound.next]
            }
            for port in [rule.ports.lowerBound, rule.ports.upperBound] {
                ports.formUnion([port &- 1, port, port &+ 1])
            }
        }
        self.learned = learned
        self.places = places
        self.ports = ports.sorted()
    }

    /// Whether some address is in a class.
    func reaches(_ peer: PeerClass) -> Bool {
        if case .block = peer { true } else { learned[peer] != nil }
    }

    /// Flows that a rule matches, at the ends of what it speaks of; none where nobody is in its class.
    func matching(_ rule: Rule, _ random: inout SeededGenerator) -> [Flow] {
        let ports = Set([rule.ports.lowerBound, rule.ports.upperBound]).sorted()
        var flows: [Flow] = []
        for address in addresses(of: rule.peer, &random) {
            let transport: Transport = rule.transport == .any ? random.pick([.tcp, .udp]) : rule.transport
            for port in ports {
                flows.append(
                    Flow(direction: rule.direction, address: address, transport: transport, port: port))
            }
        }
        // Some port between the ends too, and the first of them is not always the same.
        flows.shuffle(using: &random)
        guard let first = flows.first else { return [] }
        let inner = rule.ports.lowerBound + UInt16(random.number(below: rule.ports.count))
        return flows + [first.with(port: inner)]
    }

    /// Up to three addresses of a class, the ends of a block among them.
    private func addresses(of peer: PeerClass, _ random: inout SeededGenerator) -> [IPAddress] {
        if case .block(let block) = peer {
            let ends = block.addresses
            let inner = places.filter(block.contains)
            return [ends.lowerBound, ends.upperBound] + (inner.isEmpty ? [] : [random.pick(inner)])
        }
        return Array((learned[peer] ?? []).shuffled(using: &random).prefix(2))
    }

    /// Addresses just outside a class.
    func neighbours(of peer: PeerClass, _ address: IPAddress) -> [IPAddress] {
        guard case .block(let block) = peer else { return [address.previous, address.next] }
        return [block.addresses.lowerBound.previous, block.addresses.upperBound.next].filter {
            !block.contains($0)
        }
    }

    /// Any flow, mostly between a known place and a port that some rule ends at.
    func anywhere(_ random: inout SeededGenerator) -> Flow {
        Flow(
            direction: random.pick(Direction.allCases),
            address: random.chance(90) ? random.pick(places) : .v4(UInt32(truncatingIfNeeded: random.next())),
            transport: random.pick([.tcp, .udp]),
            port: random.chance(90) ? random.pick(ports) : UInt16(random.number(below: 65536)))
    }
}
