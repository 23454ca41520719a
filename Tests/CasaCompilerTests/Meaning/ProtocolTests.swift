import CasaDiagnostics
import CasaPolicyIR
import Testing

@Suite("Protocols open applications (semantics 5)")
struct ProtocolTests {
    private let system = Documents.system(
        "bank",
        """
        apps:
        \(Documents.application("teller", "agent", host: "teller:8000"))
        \(Documents.application("auditor", "agent", host: "auditor:8000"))
        \(Documents.application("chat", "client", host: "chat:80"))
        \(Documents.application("bank-mcp", "mcp_server", host: "bank-mcp:3000"))
        """)

    @Test(
        "each type of application needs its protocol, and `http` opens any",
        arguments: [
            ("bank-mcp", 3000, "mcp"), ("auditor", 8000, "a2a"), ("chat", 80, "http"),
            ("bank-mcp", 3000, "http"),
            ("auditor", 8000, "http"),
        ])
    func opens(name: String, port: Int, needed: String) throws {
        let judgement = try Judgement(
            system, Documents.policy(on: "teller", protocols: "[\(needed)]", to: (name, "banking", port)))
        #expect(judgement.opens(.deployment("teller"), to: .deployment(name), UInt16(port)))
        #expect(judgement.admits(.deployment(name), from: .deployment("teller"), UInt16(port)))
    }

    @Test(
        "an endpoint that its protocols keep closed is an error",
        arguments: [
            ("bank-mcp", 3000, "[a2a]"), ("auditor", 8000, "[mcp]"), ("chat", 80, "[mcp, a2a]"),
            ("bank-mcp", 3000, "[]"),
        ])
    func closed(name: String, port: Int, listed: String) {
        let compiled = Compiled(documents: [
            system, Documents.policy(on: "teller", protocols: listed, to: (name, "banking", port)),
        ])
        #expect(compiled.errors == [.protocolNotAllowed])
    }

    @Test("what is no application needs no protocol")
    func databases() throws {
        let judgement = try Judgement(
            system, Documents.service("ledger", ports: "[{port: 5432}]"),
            Documents.policy(on: "teller", to: ("ledger", "banking", 5432)))
        #expect(judgement.opens(.deployment("teller"), to: .service("ledger"), 5432))
    }

    @Test("an application behind a Service keeps its gate")
    func behindService() {
        let compiled = Compiled(documents: [
            system, Documents.service("bank-mcp", ports: "[{port: 3000}]"),
            Documents.policy(on: "teller", protocols: "[a2a]", to: ("bank-mcp", "banking", 3000)),
        ])
        #expect(compiled.errors == [.protocolNotAllowed])
    }

    @Test("an application outside of the cluster keeps its gate")
    func behindExternalName() {
        let compiled = Compiled(documents: [
            Documents.system(
                "bank",
                "apps:\n\(Documents.application("teller", "agent", host: "teller:8000"))\n"
                    + Documents.application("search", "mcp_server", host: "search:443")),
            Documents.service("search", ports: "[]", "type: ExternalName, externalName: search.example.com"),
            Documents.policy(on: "teller", to: ("search", "banking", 443)),
        ])
        #expect(compiled.errors == [.protocolNotAllowed])
    }
}
