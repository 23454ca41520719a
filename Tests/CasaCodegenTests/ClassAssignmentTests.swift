import CasaBundle
import CasaCodegen
import CasaDiagnostics
import CasaPolicyIR
import Testing

@Suite struct ClassAssignmentTests {
    private func policy(_ peers: [PeerClass]) -> NamespacePolicy {
        let subject = PolicyGenerator.workload(0)
        return NamespacePolicy(
            name: "shop", subjects: [Subject(workload: subject, hostNetwork: false, origin: nil)],
            rules: peers.map {
                Rule(
                    subject: subject, direction: .egress, peer: $0, transport: .tcp, ports: 80...80,
                    source: .written(policy: "p"), origin: nil)
            },
            runtime: RuntimeTables())
    }

    private func assign(_ peers: [PeerClass]) throws -> ClassAssignment {
        var diagnostics = DiagnosticBag()
        return try ClassAssignment(policy(peers), reporting: &diagnostics)
    }

    private func block(_ text: String) throws -> PeerClass { .block(try #require(CIDRBlock(text))) }

    @Test("fixed classes keep their numbers and others count from 16 in order")
    func numbers() throws {
        let service = PeerClass.service(ServiceID(namespace: "shop", name: "store"))
        let classes = try assign([.namespace("b"), .resolver, service, .loopback, .namespace("a")])
        #expect(classes.entries.map(\.number) == [1, 3, 16, 17, 18])
        #expect(classes.classes(of: .loopback) == [1])
        #expect(classes.classes(of: service) == [16])
        #expect(classes.classes(of: .namespace("a")) == [17])
        #expect(classes.classes(of: .node) == [])
    }

    @Test("a block has the classes of all regions inside it, and a region lists the blocks around it")
    func nestedBlocks() throws {
        let classes = try assign([block("10.0.0.0/8"), block("10.1.0.0/16"), block("10.1.2.0/24")])
        #expect(classes.classes(of: try block("10.0.0.0/8")) == [16, 17, 18])
        #expect(classes.classes(of: try block("10.1.0.0/16")) == [17, 18])
        #expect(classes.classes(of: try block("10.1.2.0/24")) == [18])
        #expect(
            classes.entries.map(\.blocks) == [
                ["10.0.0.0/8"], ["10.1.0.0/16", "10.0.0.0/8"], ["10.1.2.0/24", "10.1.0.0/16", "10.0.0.0/8"],
            ])
        #expect(classes.regions4[0x0A01_0200] == 18)
        #expect(classes.regions4[0x0A01_0300] == 17)
        #expect(classes.regions4[0x0A02_0000] == 16)
        #expect(classes.regions4[0x0B00_0000] == 0)
        // Two intervals of one region: before and behind 10.1.0.0/16.
        #expect(classes.regions4.steps.filter { $0.classNumber == 16 }.count == 2)
    }

    @Test("a block that is covered by narrower ones has no region of its own")
    func coveredBlock() throws {
        let classes = try assign([block("10.0.0.0/8"), block("10.0.0.0/9"), block("10.128.0.0/9")])
        #expect(classes.entries.count == 2)
        #expect(classes.classes(of: try block("10.0.0.0/8")) == [16, 17])
    }

    @Test("blocks that differ in host bits only are one block")
    func hostBits() throws {
        let classes = try assign([block("10.1.2.3/8"), block("10.0.0.0/8")])
        #expect(classes.entries.count == 1)
        #expect(classes.classes(of: try block("10.1.2.3/8")) == [16])
        #expect(classes.classes(of: try block("10.0.0.0/8")) == [16])
    }

    @Test("the whole space and its last address are regions like others")
    func ends() throws {
        let classes = try assign([
            block("0.0.0.0/0"), block("255.255.255.255/32"), block("::/0"),
            block("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128"),
        ])
        #expect(classes.regions4[0] == 16)
        #expect(classes.regions4[UInt32.max] == 17)
        #expect(classes.regions6[0] == 18)
        #expect(classes.regions6[UInt128.max] == 19)
        #expect(classes.regions6[UInt128.max - 1] == 18)
    }

    @Test("every address is in exactly the blocks that its region says", arguments: 0..<20)
    func regionsAgree(seed: Int) throws {
        var generator = PolicyGenerator(seed: UInt64(seed), shape: .init(rules: 60))
        let policy = generator.policy()
        var diagnostics = DiagnosticBag()
        let classes = try ClassAssignment(policy, reporting: &diagnostics)
        let blocks = policy.peers.compactMap { peer -> CIDRBlock? in
            if case .block(let block) = peer { block } else { nil }
        }
        for block in blocks {
            for address in [block.addresses.lowerBound, block.addresses.upperBound] {
                for near in address.neighbours {
                    let number = near.region(in: classes)
                    for other in blocks {
                        let isInside = classes.classes(of: .block(other)).contains(number)
                        #expect(isInside == other.contains(near), "\(near) and \(other), seed \(seed)")
                    }
                }
            }
        }
    }

    @Test("more classes than an object has numbers for are refused by name")
    func tooMany() {
        let peers = (0..<65_521).map { PeerClass.namespace("n\($0)") }
        var diagnostics = DiagnosticBag()
        #expect(throws: Reported.self) { try ClassAssignment(policy(peers), reporting: &diagnostics) }
        #expect(diagnostics.diagnostics.map(\.code) == [.tooManyClasses])
    }
}

extension IPAddress {
    /// The address, the one before and the one behind it.
    var neighbours: [IPAddress] {
        switch self {
        case .v4(let value): [.v4(value &- 1), self, .v4(value &+ 1)]
        case .v6(let high, let low):
            [
                .v6(high: low == 0 ? high &- 1 : high, low: low &- 1), self,
                .v6(high: low == .max ? high &+ 1 : high, low: low &+ 1),
            ]
        }
    }

    func region(in classes: ClassAssignment) -> UInt16 {
        switch self {
        case .v4(let value): classes.regions4[value]
        case .v6(let high, let low): classes.regions6[UInt128(high) << 64 | UInt128(low)]
        }
    }
}
