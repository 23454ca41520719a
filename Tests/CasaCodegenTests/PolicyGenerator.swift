import CasaDiagnostics
import CasaPolicyIR

/// Policies of every shape: several subjects, all kinds of peers, nested and touching blocks of both
/// families, overlapping ports and ranges, all effects.
struct PolicyGenerator {
    struct Shape {
        var subjects = 3
        var rules = 40
        /// Of a hundred.
        var rangePercent = 40
        var services = 4
    }

    private static let blockTexts = [
        "0.0.0.0/0", "10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24", "10.1.3.0/24", "10.1.3.128/25",
        "10.2.0.0/15",
        "10.1.2.3/8", "10.255.255.255/32", "192.168.0.0/17", "192.168.128.0/17", "192.168.0.0/16",
        "0.0.0.0/32",
        "255.255.255.255/32", "128.0.0.0/1", "224.0.0.0/4", "::/0", "::1/128", "fd00::/8", "fd00::/64",
        "fd00:0:0:1::/64", "fd00::8000:0:0:0/65", "fd00::/65", "fd00::1:0/112", "fd00::1:8/125",
        "2001:db8::/33",
        "2001:db8:8000::/33", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128", "ffff:ffff:ffff:ffff:8000::/65",
        "8000::/1", "7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128", "::7fff:ffff/128", "::8000:0/97",
    ]

    private var random: SeededRandom
    private let shape: Shape
    private let peers: [PeerClass]
    private let file: SourceFile

    init(seed: UInt64, shape: Shape = Shape()) {
        random = SeededRandom(seed: seed)
        self.shape = shape
        var peers: [PeerClass] = [.node, .resolver, .runtime, .namespace("monitoring")]
        peers += (0..<shape.services).map { .service(ServiceID(namespace: "shop", name: "service-\($0)")) }
        peers += [
            .workload(WorkloadID(namespace: "shop", kind: .statefulSet, name: "store")),
            .name(DomainName("api.example.com")),
            .pods(PodSelector(namespace: nil, labels: [.init(key: "app", value: "gateway")])),
        ]
        for text in Self.blockTexts where random.chance(60) {
            if let block = CIDRBlock(text) { peers.append(.block(block)) }
        }
        self.peers = peers
        let lines = (1...max(1, shape.rules)).map { "  - rule: number-\($0)\n" }
        file = SourceFile(name: "policies/shop.yaml", text: lines.joined())
    }

    static func workload(_ number: Int) -> WorkloadID {
        WorkloadID(namespace: "shop", kind: .deployment, name: "agent-\(number)")
    }

    mutating func policy() -> NamespacePolicy {
        let subjects = (0..<shape.subjects).map {
            Subject(workload: Self.workload($0), hostNetwork: $0 == 1, origin: nil)
        }
        var rules: [Rule] = []
        for number in 0..<shape.rules { rules.append(rule(number)) }
        for subject in subjects where !subject.hostNetwork {
            for direction in Direction.allCases {
                rules.append(
                    Rule(
                        subject: subject.workload, direction: direction, peer: .loopback, transport: .any,
                        ports: 0...65535, source: .implicit(.loopback), origin: nil))
            }
        }
        return NamespacePolicy(name: "shop", subjects: subjects, rules: rules, runtime: RuntimeTables())
    }

    private mutating func rule(_ number: Int) -> Rule {
        let offset = number * 20
        return Rule(
            subject: Self.workload(Int.random(in: 0..<shape.subjects, using: &random)),
            direction: random.chance(60) ? .egress : .ingress,
            peer: random.pick(peers),
            transport: random.chance(10) ? .any : random.chance(70) ? .tcp : .udp,
            ports: ports(),
            effect: random.pick([.allow, .allow, .allow, .deny, .auditedDeny, .quarantine]),
            source: .written(policy: "shop-\(number)"),
            origin: SourceRange(file: file, bytes: offset + 4..<offset + 8))
    }

    private mutating func ports() -> ClosedRange<UInt16> {
        let popular: [UInt16] = [0, 1, 22, 53, 80, 443, 3000, 8080, 30000, 32767, 32768, 65534, 65535]
        let first = random.chance(70) ? random.pick(popular) : UInt16.random(in: 0...65535, using: &random)
        guard random.chance(shape.rangePercent) else { return first...first }
        switch Int.random(in: 0..<5, using: &random) {
        case 0: return 0...65535
        case 1: return 1024...65535
        case 2: return first...UInt16(clamping: Int(first) + Int.random(in: 1...12, using: &random))
        case 3: return 30000...32767
        default:
            let second = UInt16.random(in: 0...65535, using: &random)
            return min(first, second)...max(first, second)
        }
    }
}
