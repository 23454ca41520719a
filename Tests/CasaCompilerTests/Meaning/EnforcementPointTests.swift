import CasaPolicyIR
import Testing

@Suite("Who holds a rule, and what the runtime is told (semantics 15)")
struct EnforcementPointTests {
    private let teller = WorkloadID.deployment("teller")

    private func judgement() throws -> Judgement {
        try Judgement(
            Documents.system(
                "bank",
                """
                llm_host: llm.example.com
                apps:
                \(Documents.application("teller", "agent", host: "teller:8000"))
                \(Documents.application("chat", "client", host: "chat:80"))
                \(Documents.application("bank-mcp", "mcp_server", host: "bank-mcp:3000"))
                """),
            Documents.service("ledger", in: "tools", ports: "[{port: 5432}]"),
            Documents.policy(
                on: "teller",
                """
                allowedProtocols: [mcp, http]
                allowedEndpoints:
                  - {name: bank-mcp, namespace: banking, port: 3000}
                  - {name: chat, namespace: banking, port: 80}
                  - {name: ledger, namespace: tools, port: 5432}
                llmEndpoint: {fqdn: llm.example.com, port: 443}
                """))
    }

    @Test(
        "agents and tools need the runtime, names the inventory, all of it the kernel",
        arguments: [
            (PeerClass.deployment("bank-mcp"), [EnforcementPoint.kernel, .runtime]),
            (.deployment("chat"), [.kernel]), (.service("ledger", in: "tools"), [.kernel]),
            (.name(DomainName("llm.example.com")), [.inventory, .kernel]), (.loopback, [.kernel]),
            (.resolver, [.kernel]),
        ])
    func points(peer: PeerClass, expected: [EnforcementPoint]) throws {
        let rules = try judgement().rules(of: teller).filter { $0.peer == peer && $0.direction == .egress }
        #expect(!rules.isEmpty)
        #expect(rules.allSatisfy { $0.enforcement == expected })
    }

    @Test("the admitting side needs what the opening side needs")
    func admission() throws {
        let rules = try judgement().rules(of: .deployment("bank-mcp")).filter { $0.peer == .workload(teller) }
        #expect(rules.map(\.enforcement) == [[.kernel, .runtime]])
    }

    @Test("the runtime is told the systems, and what each workload may speak with whom")
    func runtimeTables() throws {
        let tables = try #require(try judgement().model[namespace: "banking"]).runtime
        let system = try #require(tables.systems.first)
        #expect(system.displayName == "The system bank")
        #expect(system.llmHost == "llm.example.com")
        #expect(
            system.enabledToolChecks == [
                "AI_POWERED_TOOL_MATCH", "DETERMINISTIC_LLM_SELECTED_TOOLS", "DETERMINISTIC_TOOL_SELECTED",
            ])
        #expect(system.applications.map(\.host) == ["bank-mcp:3000", "chat:80", "teller:8000"])
        #expect(
            tables.permissions.map { "\($0.workload) \($0.endpoint) \($0.protocols)" } == [
                "banking/Deployment/teller bank-mcp.banking:3000 [\"http\", \"mcp\"]",
                "banking/Deployment/teller chat.banking:80 [\"http\", \"mcp\"]",
                "banking/Deployment/teller ledger.tools:5432 [\"http\", \"mcp\"]",
            ])
    }
}
