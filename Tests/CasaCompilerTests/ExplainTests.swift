import CasaCompiler
import CasaPolicyIR
import Testing

@Suite("Explaining a flow")
struct ExplainTests {
    private func model() throws -> PolicyModel {
        try Judgement(
            Documents.system(
                "bank",
                """
                apps:
                \(Documents.application("counter", "agent", host: "teller:8000", workload: "teller"))
                \(Documents.application("bank-mcp", "mcp_server", host: "bank-mcp:3000"))
                """),
            Documents.policy(
                on: "teller",
                """
                allowedProtocols: [mcp]
                allowedEndpoints: [{name: bank-mcp, namespace: banking, port: 3000}]
                llmEndpoint: {fqdn: llm.example.com, port: 443}
                allowedSources:
                  - {workload: {name: gateway, namespace: edge}, ports: [8000]}
                  - {cidr: 10.1.0.0/16, ports: [8000]}
                """),
            Documents.policy(on: "teller", in: "retail", "allowedSources: [{namespace: users, ports: [80]}]")
        ).model
    }

    private func explain(_ from: String, _ to: String, _ transport: Transport = .tcp) throws -> Explanation {
        try ExplainRequest(from: from, to: to, transport: transport).explain(try model())
    }

    @Test(
        "yes, with the rule",
        arguments: [
            ("banking/teller", "bank-mcp:3000"), ("banking/Deployment/teller", "bank-mcp.banking:3000"),
            ("counter", "bank-mcp.banking.svc.cluster.local:3000"), ("counter", "BANK-MCP.banking.svc:3000"),
            ("banking/teller", "llm.example.com:443"), ("banking/teller", "LLM.example.com:443"),
            ("banking/teller", "localhost:1"), ("banking/teller", "127.0.0.1:1"),
            ("banking/teller", "[::1]:1"),
            ("banking/teller", "casa-runtime:8000"),
        ])
    func yes(from: String, to: String) throws {
        let explanation = try explain(from, to)
        #expect(explanation.decision.passes)
        #expect(explanation.question.subject == .deployment("teller"))
        #expect(explanation.rule != nil && explanation.nearest == nil)
    }

    @Test(
        "the ingress of the managed end is asked where the other is not managed",
        arguments: [
            "edge/gateway", "edge/Deployment/gateway", "10.1.2.3",
        ])
    func ingress(from: String) throws {
        let explanation = try explain(from, "banking/teller:8000")
        #expect(explanation.decision.passes)
        #expect(explanation.question.direction == .ingress)
    }

    @Test("no, with the rule that comes nearest and what it differs in")
    func no() throws {
        let port = try explain("banking/teller", "bank-mcp:3001")
        #expect(!port.decision.passes && port.rule == nil)
        #expect(port.nearest?.differences == [.port])
        #expect(port.nearestRule?.description == "egress to service banking/bank-mcp TCP 3000")
        let transport = try explain("banking/teller", "bank-mcp:3000", .udp)
        #expect(transport.nearest?.differences == [.transport])
        let subject = try explain("bank-mcp", "llm.example.com:443")
        #expect(subject.nearest?.differences == [.subject])
    }

    @Test("an address nobody knows is denied, and the device lo is near to nothing")
    func unknownAddress() throws {
        let explanation = try explain("banking/teller", "203.0.113.9:443")
        #expect(!explanation.decision.passes)
        #expect(explanation.nearestRule?.description == "egress to name llm.example.com TCP 443")
        #expect(explanation.nearest?.differences == [.peer])
    }

    @Test("a name outside the cluster is judged as that name, known or not")
    func unknownName() throws {
        #expect(try !explain("banking/teller", "api.example.com:443").decision.passes)
    }

    @Test(
        "what cannot be asked is said, with what may have been meant",
        arguments: [
            ("banking/teller", "bank-mcp", ExplainRequest.Failure.notHostAndPort("bank-mcp")),
            ("banking/teller", "bank-mcp:0", .notHostAndPort("bank-mcp:0")),
            ("banking/teller", "bank-mcp:65536", .notHostAndPort("bank-mcp:65536")),
            ("banking/teller", ":80", .notHostAndPort(":80")),
            ("banking/teller", "bank-mpc:3000", .unknownName("bank-mpc", suggestion: "bank-mcp")),
            ("banking/teller", "completely-else:80", .unknownName("completely-else", suggestion: nil)),
            (
                "teller", "bank-mcp:3000",
                .ambiguousName(
                    "teller", candidates: ["banking/Deployment/teller", "retail/Deployment/teller"])
            ),
            ("bank-mpc", "api.example.com:443", .unknownName("bank-mpc", suggestion: "bank-mcp")),
            ("10.9.9.9", "api.example.com:443", .neitherManaged),
        ])
    func failures(from: String, to: String, expected: ExplainRequest.Failure) throws {
        let model = try model()
        #expect(throws: expected) {
            try ExplainRequest(from: from, to: to, transport: .tcp).explain(model)
        }
    }
}
