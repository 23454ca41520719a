package import CasaPolicyIR

/// Policies of every shape from a seed, directly in the IR.
///
/// Several subjects, every kind of peer, blocks of both families that nest and touch, ports and ranges, all effects;
/// from a handful of rules to hundreds, so that both forms of decisions occur.
package struct PolicyGenerator {
    private var random: SeededGenerator
    private var blocks = BlockGenerator()

    package init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    package static func workload(_ number: Int) -> WorkloadID {
        WorkloadID(namespace: "shop", kind: .deployment, name: "agent-\(number)")
    }

    package mutating func generate() -> GeneratedPolicy {
        let subjects = (0..<random.number(below: 4) + 1).map {
            Subject(workload: Self.workload($0), hostNetwork: random.chance(20), origin: nil)
        }
        let peers = peers()
        let rules = (0..<ruleCount()).map { _ in
            rule(of: Self.workload(random.number(below: subjects.count)), about: random.pick(peers))
        }
        let policy = NamespacePolicy(
            name: "shop", subjects: subjects, rules: rules + subjects.flatMap(\.implicitRules),
            runtime: RuntimeTables())
        return GeneratedPolicy(policy: policy, book: book(for: policy))
    }

    private mutating func ruleCount() -> Int {
        switch random.number(below: 10) {
        case 0: random.number(below: 4)
        case 1...5: 4 + random.number(below: 30)
        case 6...8: 40 + random.number(below: 80)
        default: 150 + random.number(below: 150)
        }
    }

    // MARK: Peers

    private mutating func peers() -> [PeerClass] {
        var peers: [PeerClass] = []
        for peer in [PeerClass.node, .resolver, .runtime] where random.chance(60) { peers.append(peer) }
        for number in 0...random.number(below: 4) {
            peers.append(
                .workload(WorkloadID(namespace: "bank", kind: .statefulSet, name: "store-\(number)")))
        }
        for number in 0...random.number(below: 5) {
            peers.append(.service(ServiceID(namespace: "bank", name: "service-\(number)")))
        }
        for number in 0..<random.number(below: 4) {
            peers.append(.name(DomainName("api-\(number).example.com")))
        }
        for name in ["monitoring", "ingress"] where random.chance(50) { peers.append(.namespace(name)) }
        for value in ["gateway", "cache"] where random.chance(50) {
            let namespace: String? = random.chance(50) ? "bank" : nil
            peers.append(.pods(PodSelector(namespace: namespace, labels: [.init(key: "app", value: value)])))
        }
        for _ in 0..<random.number(below: 12) { peers.append(.block(blocks.block(&random))) }
        return peers
    }

    // MARK: Rules

    private mutating func rule(of subject: WorkloadID, about peer: PeerClass) -> Rule {
        Rule(
            subject: subject, direction: random.chance(60) ? .egress : .ingress, peer: peer,
            transport: random.chance(4) ? .any : random.chance(65) ? .tcp : .udp, ports: ports(),
            effect: random.pick([.allow, .allow, .allow, .allow, .allow, .auditedDeny, .deny, .quarantine]),
            source: .written(policy: "shop"), origin: nil)
    }

    private static let popularPorts: [UInt16] = [
        0, 1, 22, 53, 80, 443, 1023, 1024, 3000, 8080, 32767, 32768, 65534, 65535,
    ]

    private mutating func ports() -> ClosedRange<UInt16> {
        let port = random.chance(60) ? random.pick(Self.popularPorts) : UInt16(random.number(below: 65536))
        switch random.number(below: 12) {
        case 0: return 0...65535
        case 1: return 1024...65535
        case 2: return 30000...32767
        case 3: return port...UInt16(clamping: Int(port) + random.number(below: 12))
        case 4:
            let other = UInt16(random.number(below: 65536))
            return min(port, other)...max(port, other)
        default: return port...port
        }
    }

    // MARK: Addresses

    /// Addresses of every learned class, some in several, some inside blocks and at their ends.
    private mutating func book(for policy: NamespacePolicy) -> AddressBook {
        var book = AddressBook()
        let learned = policy.peers.filter { $0.block == nil && $0 != .loopback }
        let blocks = policy.peers.compactMap(\.block)
        var places: [IPAddress] = []
        for peer in learned {
            // A class without addresses is a class all the same.
            for _ in 0..<random.number(below: 5) {
                let address = address(near: blocks)
                guard book.peer(at: address).classes.count < Self.classLimit else { continue }
                book.add(peer, at: address)
                places.append(address)
            }
        }
        for address in places where random.chance(40) {
            for _ in 0..<random.number(below: 6) where book.peer(at: address).classes.count < Self.classLimit
            {
                book.add(random.pick(learned), at: address)
            }
        }
        return book
    }

    /// As many as an entry of the address table holds.
    private static let classLimit = 6

    private mutating func address(near blocks: [CIDRBlock]) -> IPAddress {
        if !blocks.isEmpty, random.chance(40) {
            let ends = random.pick(blocks).addresses
            let address = random.chance(50) ? ends.lowerBound : ends.upperBound
            // 0.0.0.0 and :: are nobody's address, and an unused slot says so with zeros.
            if !address.meansLoopback { return address }
        }
        return random.chance(60)
            ? .v4(0x0A00_0001 + UInt32(random.number(below: 1 << 20)))
            : .v6(high: 0xFD00_0000_0000_0000 | UInt64(random.number(below: 4)), low: random.next() >> 40 | 2)
    }
}

extension PeerClass {
    fileprivate var block: CIDRBlock? {
        if case .block(let block) = self { block } else { nil }
    }
}

extension Subject {
    /// Loopback in both directions, where the workload has a loopback of its own.
    fileprivate var implicitRules: [Rule] {
        if hostNetwork { return [] }
        return Direction.allCases.map { direction in
            Rule(
                subject: workload, direction: direction, peer: .loopback, transport: .any, ports: 0...65535,
                source: .implicit(.loopback), origin: nil)
        }
    }
}
