import CasaPolicyIR
import Testing

@Suite("The order of decisions (semantics 7 and 10)")
struct DecisionOrderTests {
    private let teller = WorkloadID.deployment("teller")

    private func policy(_ rules: [(PeerClass, Effect)]) -> NamespacePolicy {
        NamespacePolicy(
            name: "banking", subjects: [Subject(workload: teller, hostNetwork: false, origin: nil)],
            rules: rules.map { peer, effect in
                Rule(
                    subject: teller, direction: .egress, peer: peer, transport: .tcp, ports: 443...443,
                    effect: effect,
                    source: .written(policy: "banking/teller"), origin: nil)
            }, runtime: RuntimeTables())
    }

    private func decide(_ rules: [(PeerClass, Effect)], _ peer: Peer) -> Decision {
        Evaluator(policy(rules)).decide(
            Question(subject: teller, direction: .egress, peer: peer, transport: .tcp, port: 443))
    }

    @Test("quarantine, then enforced deny, then allow, then audited deny")
    func order() {
        let weakestFirst: [Effect] = [.auditedDeny, .allow, .deny, .quarantine]
        for (index, strongest) in weakestFirst.enumerated() {
            let rules = weakestFirst[...index].map { (PeerClass.service("rates"), $0) }
            for order in [rules, rules.reversed()] {
                #expect(decide(order, .of(.service("rates"))).effect == strongest)
            }
        }
    }

    @Test("an audited deny lets pass, a deny and the default do not")
    func passes() {
        let passing = Effect.allCases.filter(\.passes)
        #expect(passing == [.auditedDeny, .allow])
        #expect(!decide([], .of(.service("rates"))).passes)
        #expect(decide([], .of(.service("rates"))) == .byDefault)
    }

    @Test("a decision about an address joins the decisions about each of its classes")
    func atoms() throws {
        let address = try #require(IPAddress("203.0.113.9"))
        let name = PeerClass.name(DomainName("llm.example.com"))
        let both = Peer(address: address, classes: [name, .service("rates")])
        let block = try PeerClass.block("203.0.113.0/24")
        #expect(decide([(name, .allow)], both).passes)
        #expect(!decide([(name, .allow), (block, .deny)], both).passes)
        #expect(decide([(name, .auditedDeny), (block, .allow)], both).effect == .allow)
        #expect(!decide([(.service("other"), .allow)], both).passes)
    }

    @Test("the first rule in canonical order names the decision among equals")
    func firstRule() {
        let peer = Peer(address: nil, classes: [.service("a"), .service("b")])
        #expect(decide([(.service("b"), .allow), (.service("a"), .allow)], peer).rule == 0)
    }

    @Test("no policy that can be written today denies: every rule of the examples allows")
    func onlyAllows() throws {
        let judgement = try Judgement(Documents.policy(on: "teller", to: ("ledger", "tools", 5432)))
        #expect(judgement.rules(of: teller).allSatisfy { $0.effect == .allow })
    }
}
