internal import CasaBundle
internal import CasaCodegen
internal import CasaDiagnostics
internal import CasaPolicyIR

/// A namespace with one workload that may open flows to so many peers, one rule and one address each.
struct GeneratedNamespace {
    struct Peer {
        let workload: WorkloadID
        let address: UInt32
        let port: UInt16
    }

    static let name = "shop"
    static let subject = WorkloadID(namespace: name, kind: .deployment, name: "client")

    let peers: [Peer]
    let policy: NamespacePolicy

    init(rules count: Int) {
        var random = SplitMix(seed: UInt64(count))
        var taken: Set<UInt32> = []
        let peers = (0..<count).map { number in
            var address: UInt32
            repeat {
                address = 10 << 24 | UInt32.random(in: 1..<1 << 24, using: &random)
            } while !taken.insert(address).inserted
            return Peer(
                workload: WorkloadID(namespace: Self.name, kind: .deployment, name: "peer-\(number)"),
                address: address, port: 8000 + UInt16.random(in: 0..<16, using: &random))
        }
        let lines = peers.map {
            "    - {name: \($0.workload.name), namespace: \(Self.name), port: \($0.port)}\n"
        }
        let file = SourceFile(name: "policies/shop.yaml", text: lines.joined())
        var offset = 0
        var rules: [Rule] = []
        for (peer, line) in zip(peers, lines) {
            rules.append(
                Rule(
                    subject: Self.subject, direction: .egress, peer: .workload(peer.workload),
                    transport: .tcp,
                    ports: peer.port...peer.port, source: .written(policy: "shop/client"),
                    origin: SourceRange(file: file, bytes: offset + 6..<offset + line.utf8.count - 1)))
            offset += line.utf8.count
        }
        self.peers = peers
        policy = NamespacePolicy(
            name: Self.name, subjects: [Subject(workload: Self.subject, hostNetwork: false, origin: nil)],
            rules: rules,
            runtime: RuntimeTables())
    }

    /// Its object, on a template; with another limit of trees than the compiler's, if one is given.
    func object(on template: Template, treeLimit: Int? = nil) throws -> NamespaceObject {
        var diagnostics = DiagnosticBag()
        return try ObjectEmission(template: template, treeLimit: treeLimit).run(
            policy, reporting: &diagnostics)
    }

    /// The tables that the node would write, by section; every peer has an address of each family.
    func addresses(for object: NamespaceObject) throws -> [String: [UInt8]] {
        var numbers: [PeerClass: UInt16] = [:]
        for entry in object.classes { if let peer = entry.peer { numbers[peer] = entry.number } }
        let entries = try peers.flatMap { peer in
            guard let number = numbers[.workload(peer.workload)] else {
                throw BenchFailure("\(peer.workload) has no class")
            }
            let addresses: [IPAddress] = [
                .v4(peer.address), .v6(high: 0xFD00 << 48, low: UInt64(peer.address)),
            ]
            return addresses.map { AddressTable.Entry(address: $0, classes: [number]) }
        }
        var tables: [String: [UInt8]] = [:]
        for family in AddressTable.Family.allCases {
            tables[family.section] = try AddressTable(family, entries: entries).bytes
        }
        return tables
    }
}
