import CasaDiagnostics
import CasaPolicyIR
import Testing

@Suite("Names, systems and time (semantics 11 to 13)")
struct NameAndSystemTests {
    private let teller = WorkloadID.deployment("teller")

    @Test("names are compared exactly, without case and without the root dot")
    func exactNames() {
        #expect(DomainName("LLM.Example.com.") == DomainName("llm.example.com"))
        #expect(DomainName("a.llm.example.com") != DomainName("llm.example.com"))
    }

    @Test("a pattern is refused, nothing is widened", arguments: ["*.example.com", "*", "llm.*.com"])
    func patterns(name: String) {
        let compiled = Compiled(Documents.policy(on: "teller", "llmEndpoint: {fqdn: '\(name)', port: 443}"))
        #expect(compiled.errors == [.invalidDomainName])
    }

    @Test("a name is a class of its own: who has the address of another name is not it")
    func ownClass() throws {
        let judgement = try Judgement(
            Documents.policy(on: "teller", "llmEndpoint: {fqdn: llm.example.com, port: 443}"))
        let other = Peer(address: IPAddress("203.0.113.9"), classes: [.name(DomainName("other.example.com"))])
        let shared = Peer(
            address: IPAddress("203.0.113.9"),
            classes: [.name(DomainName("other.example.com")), .name(DomainName("llm.example.com"))])
        #expect(judgement.decision(teller, .egress, other, 443) == .byDefault)
        #expect(judgement.decision(teller, .egress, shared, 443)?.passes == true)
    }

    @Test(
        "an `mcp_server` may be shared by systems, an agent and a client may not",
        arguments: ["agent", "client", "mcp_server"])
    func sharing(type: String) {
        let application = "apps:\n" + Documents.application("shared", type, host: "shared:3000")
        let policy = Documents.policy(on: "shared", "llmEndpoint: {fqdn: llm.example.com, port: 443}")
        let compiled = Compiled(documents: [
            Documents.system("one", application), Documents.system("two", application), policy,
        ])
        #expect(compiled.errors == (type == "mcp_server" ? [] : [.sharedAgent]))
    }

    @Test("a shared server is one peer, admitted from the agents of both systems")
    func sharedServer() throws {
        let server = Documents.application("bank-mcp", "mcp_server", host: "bank-mcp:3000")
        let judgement = try Judgement(
            Documents.system(
                "one", "apps:\n\(Documents.application("teller", "agent", host: "teller:8000"))\n\(server)"),
            Documents.system(
                "two", "apps:\n\(Documents.application("auditor", "agent", host: "auditor:8000"))\n\(server)"),
            Documents.policy(on: "teller", protocols: "[mcp]", to: ("bank-mcp", "banking", 3000)),
            Documents.policy(on: "auditor", protocols: "[mcp]", to: ("bank-mcp", "banking", 3000)))
        #expect(
            judgement.writtenRules(of: .deployment("bank-mcp")) == [
                "ingress from workload banking/Deployment/auditor TCP 3000",
                "ingress from workload banking/Deployment/teller TCP 3000",
            ])
    }

    @Test(
        "the language has no times: a key that would set one is an error, not a rule that never expires",
        arguments: [
            "expires: 2030-01-01T00:00:00Z", "notAfter: 2030-01-01", "schedule: daily",
        ])
    func noTimes(key: String) {
        let compiled = Compiled(
            Documents.policy(on: "teller", "llmEndpoint: {fqdn: llm.example.com, port: 443}\n\(key)"))
        #expect(compiled.errors == [.unknownKey])
    }
}
