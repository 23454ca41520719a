import CasaDiagnostics
import CasaPolicyIR
import Testing

@Suite("Who is admitted (semantics 8)")
struct IngressTests {
    private let ledger = WorkloadID.deployment("ledger", in: "tools")

    @Test("a workload admits what the egress of a managed peer allows to it, whichever namespace wrote it")
    func admission() throws {
        let judgement = try Judgement(
            Documents.namespace("tools", labels: "{casa.io/injection: enabled}"),
            Documents.workload("ledger", in: "tools"),
            Documents.service("ledger", in: "tools", ports: "[{port: 80, targetPort: 5432}]"),
            Documents.policy(on: "teller", to: ("ledger", "tools", 80)))
        #expect(
            judgement.writtenRules(of: ledger) == ["ingress from workload banking/Deployment/teller TCP 5432"]
        )
        #expect(!judgement.admits(ledger, from: .deployment("clerk"), 5432))
        #expect(!judgement.admits(ledger, from: .deployment("teller"), 80))
        let sources = judgement.rules(of: ledger).map(\.source)
        #expect(sources.contains(.admitted(policy: "banking/teller")))
    }

    @Test("the pods of a Service that no document describes are taken for the workload of its name")
    func admissionByName() throws {
        let judgement = try Judgement(
            Documents.policy(on: "ledger", in: "tools", "llmEndpoint: {fqdn: llm.example.com, port: 443}"),
            Documents.service("ledger", in: "tools", ports: "[{port: 5432}]"),
            Documents.policy(on: "teller", to: ("ledger", "tools", 5432)))
        #expect(judgement.admits(ledger, from: .deployment("teller"), 5432))
    }

    @Test("pods known by their labels only admit nobody: the input does not say whose they are")
    func labelsOfNobody() throws {
        let judgement = try Judgement(
            Documents.policy(on: "ledger", in: "tools", "llmEndpoint: {fqdn: llm.example.com, port: 443}"),
            Documents.service("books", in: "tools", ports: "[{port: 5432}]", "selector: {app: ledger}"),
            Documents.policy(on: "teller", to: ("books", "tools", 5432)))
        let pods = PodSelector(namespace: "tools", labels: [.init(key: "app", value: "ledger")])
        #expect(judgement.opens(.deployment("teller"), to: .pods(pods), 5432))
        #expect(!judgement.admits(ledger, from: .deployment("teller"), 5432))
    }

    @Test("a peer that CASA does not manage is not admitted for being a peer")
    func unmanagedPeer() throws {
        let judgement = try Judgement(
            Documents.workload("gateway", in: "edge"),
            Documents.policy(on: "ledger", in: "tools", "llmEndpoint: {fqdn: llm.example.com, port: 443}"))
        #expect(!judgement.admits(ledger, from: .deployment("gateway", in: "edge"), 5432))
        #expect(judgement.model[namespace: "edge"] == nil)
    }

    @Test("`allowedSources` admits a workload, pods, a namespace or a block, at its ports")
    func allowedSources() throws {
        let judgement = try Judgement(
            Documents.policy(
                on: "ledger", in: "tools",
                """
                allowedSources:
                  - workload: {name: gateway, namespace: edge}
                    ports: [8080]
                  - pods: {namespace: monitoring, matchLabels: {app: prometheus}}
                    ports: [{port: 9090}]
                  - namespace: users
                    ports: [{port: 8000, endPort: 8002}]
                  - cidr: 10.1.0.0/16
                    ports: [{port: 53, protocol: UDP}]
                """))
        #expect(judgement.admits(ledger, from: .deployment("gateway", in: "edge"), 8080))
        #expect(!judgement.admits(ledger, from: .deployment("gateway", in: "edge"), 8081))
        #expect(!judgement.admits(ledger, from: .deployment("gateway", in: "edge"), 8080, .udp))
        let prometheus = PodSelector(
            namespace: "monitoring", labels: [.init(key: "app", value: "prometheus")])
        #expect(judgement.admits(ledger, from: .pods(prometheus), 9090))
        for port in [8000, 8001, 8002] as [UInt16] {
            #expect(judgement.admits(ledger, from: .namespace("users"), port))
        }
        #expect(!judgement.admits(ledger, from: .namespace("users"), 7999))
        #expect(!judgement.admits(ledger, from: .namespace("users"), 8003))
        #expect(judgement.admits(ledger, from: try .block("10.1.255.255/32"), 53, .udp))
        #expect(!judgement.admits(ledger, from: try .block("10.1.255.255/32"), 53))
        #expect(!judgement.admits(ledger, from: try .block("10.2.0.0/32"), 53, .udp))
    }

    @Test("a source's namespace is the policy's unless it says otherwise")
    func namespaceOfSource() throws {
        let judgement = try Judgement(
            Documents.policy(
                on: "ledger", in: "tools", "allowedSources: [{workload: {name: gateway}, ports: [80]}]"))
        #expect(judgement.admits(ledger, from: .deployment("gateway", in: "tools"), 80))
        #expect(!judgement.admits(ledger, from: .deployment("gateway", in: "edge"), 80))
    }

    @Test("a source opens nothing the other way")
    func oneWay() throws {
        let judgement = try Judgement(
            Documents.policy(on: "ledger", in: "tools", "allowedSources: [{namespace: users, ports: [80]}]"))
        #expect(!judgement.opens(ledger, to: .namespace("users"), 80))
    }
}
