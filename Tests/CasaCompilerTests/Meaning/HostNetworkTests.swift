import CasaDiagnostics
import CasaPolicyIR
import Testing

@Suite("Workloads on the node's network (semantics 10)")
struct HostNetworkTests {
    private let agent = Documents.workload("agent", hostNetwork: true)

    @Test("they are judged")
    func subjects() throws {
        let judgement = try Judgement(
            agent, Documents.policy(on: "agent", "llmEndpoint: {fqdn: llm.example.com, port: 443}"))
        #expect(judgement.model[namespace: "banking"]?.subjects.map(\.hostNetwork) == [true])
        #expect(judgement.opens(.deployment("agent"), to: .name(DomainName("llm.example.com")), 443))
        #expect(!judgement.opens(.deployment("agent"), to: .name(DomainName("other.example.com")), 443))
    }

    @Test("they are no endpoint, by Service, application or name")
    func noEndpoint() {
        let policy = Documents.policy(on: "teller", protocols: "[http]", to: ("agent", "banking", 8000))
        let teller = Documents.workload("teller")
        let system = Documents.system(
            "bank", "apps:\n" + Documents.application("agent", "agent", host: "agent:8000"))
        let service = Documents.service("agent", ports: "[{port: 8000}]")
        for documents in [
            [agent, teller, policy], [agent, teller, system, policy], [agent, teller, service, policy],
        ] {
            #expect(Compiled(documents: documents).errors == [.hostNetworkPeer])
        }
    }

    @Test("they are no source")
    func noSource() {
        let compiled = Compiled(documents: [
            agent,
            Documents.policy(
                on: "teller", in: "retail",
                "allowedSources: [{workload: {name: agent, namespace: banking}, ports: [80]}]"),
        ])
        #expect(compiled.errors == [.hostNetworkPeer])
    }

    @Test("what they call does not admit them, and that is said")
    func notAdmitted() throws {
        let judgement = try Judgement(
            agent, Documents.workload("ledger"), Documents.service("ledger", ports: "[{port: 5432}]"),
            Documents.policy(on: "agent", to: ("ledger", "banking", 5432)))
        #expect(judgement.opens(.deployment("agent"), to: .deployment("ledger"), 5432))
        #expect(!judgement.admits(.deployment("ledger"), from: .deployment("agent"), 5432))
        #expect(judgement.diagnostics.contains { $0.code == .hostNetworkPeer && $0.severity == .warning })
    }
}
