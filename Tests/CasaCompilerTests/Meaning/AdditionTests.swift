import CasaDiagnostics
import CasaPolicyIR
import Testing

@Suite("Several policies on one workload (semantics 6)")
struct AdditionTests {
    private let teller = WorkloadID.deployment("teller")
    private let system = Documents.system(
        "bank",
        """
        llm_host: llm.example.com
        apps:
        \(Documents.application("teller", "agent", host: "teller:8000"))
        \(Documents.application("auditor", "agent", host: "auditor:8000"))
        \(Documents.application("bank-mcp", "mcp_server", host: "bank-mcp:3000"))
        """)

    @Test("policies add up")
    func union() throws {
        let judgement = try Judgement(
            Documents.policy(on: "teller", name: "one", to: ("ledger", "tools", 1)),
            Documents.policy(on: "teller", name: "two", to: ("ledger", "tools", 2)))
        #expect(judgement.opens(teller, to: .service("ledger", in: "tools"), 1))
        #expect(judgement.opens(teller, to: .service("ledger", in: "tools"), 2))
        #expect(!judgement.opens(teller, to: .service("ledger", in: "tools"), 3))
    }

    @Test("each endpoint has the protocols of its own policy")
    func ownProtocols() throws {
        let judgement = try Judgement(
            system,
            Documents.policy(
                on: "teller", name: "one", protocols: "[mcp]", to: ("bank-mcp", "banking", 3000)),
            Documents.policy(on: "teller", name: "two", protocols: "[a2a]", to: ("auditor", "banking", 8000)))
        #expect(judgement.opens(teller, to: .deployment("bank-mcp"), 3000))
        let compiled = Compiled(documents: [
            system,
            Documents.policy(
                on: "teller", name: "one", protocols: "[a2a]", to: ("bank-mcp", "banking", 3000)),
            Documents.policy(on: "teller", name: "two", protocols: "[mcp]", to: ("auditor", "banking", 8000)),
        ])
        #expect(compiled.errors == [.protocolNotAllowed, .protocolNotAllowed])
    }

    @Test("the same endpoint in two policies is one rule, named by the first")
    func oneRule() throws {
        let judgement = try Judgement(
            Documents.policy(on: "teller", name: "one", to: ("ledger", "tools", 1)),
            Documents.policy(on: "teller", name: "two", to: ("ledger", "tools", 1)))
        let rules = judgement.rules(of: teller).filter { $0.peer == .service("ledger", in: "tools") }
        #expect(rules.map(\.source) == [.written(policy: "banking/one")])
    }

    @Test("`llm_host` opens nothing by itself")
    func llmHostAlone() throws {
        let judgement = try Judgement(
            system, Documents.policy(on: "teller", protocols: "[mcp]", to: ("bank-mcp", "banking", 3000)))
        #expect(!judgement.opens(teller, to: .name(DomainName("llm.example.com")), 443))
    }

    @Test("`llmEndpoint` opens a name, in any case of letters")
    func llmEndpoint() throws {
        let judgement = try Judgement(
            system, Documents.policy(on: "teller", "llmEndpoint: {fqdn: LLM.example.com, port: 443}"))
        #expect(judgement.opens(teller, to: .name(DomainName("llm.example.com")), 443))
        #expect(!judgement.opens(teller, to: .name(DomainName("llm.example.com")), 80))
        #expect(!judgement.opens(teller, to: .name(DomainName("api.llm.example.com")), 443))
    }

    @Test(
        "under the cluster's domain `llmEndpoint` is a Service",
        arguments: ["models.llm.svc", "models.llm.svc.cluster.local"])
    func llmEndpointInTheCluster(host: String) throws {
        let judgement = try Judgement(
            Documents.service("models", in: "llm", ports: "[{port: 80, targetPort: 8080}]"),
            system.replacing("llm.example.com", with: host),
            Documents.policy(on: "teller", "llmEndpoint: {fqdn: \(host), port: 80}"))
        #expect(judgement.opens(teller, to: .service("models", in: "llm"), 80))
        #expect(!judgement.diagnostics.contains { $0.severity == .error })
    }

    @Test("a policy without endpoints leaves the implicit rules, and is warned of")
    func emptyPolicy() throws {
        let judgement = try Judgement(Documents.policy(on: "teller", "allowedProtocols: [mcp]"))
        #expect(judgement.diagnostics.map(\.code) == [.emptyPolicy])
        #expect(judgement.writtenRules(of: teller).isEmpty)
        #expect(!judgement.rules(of: teller).isEmpty)
    }
}
