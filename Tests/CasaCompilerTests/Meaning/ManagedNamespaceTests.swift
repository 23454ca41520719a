import CasaPolicyIR
import Testing

@Suite("Managed namespaces and workloads (semantics 1 and 2)")
struct ManagedNamespaceTests {
    private let llm = "llmEndpoint: {fqdn: llm.example.com, port: 443}"

    @Test(
        "a label makes a namespace managed",
        arguments: ["{casa.io/injection: enabled}", "{istio-injection: enabled}"])
    func managedByLabel(labels: String) throws {
        let judgement = try Judgement(
            Documents.namespace("banking", labels: labels), Documents.workload("ledger"))
        #expect(judgement.model.namespaces.map(\.name) == ["banking"])
        #expect(!judgement.opens(.deployment("ledger"), to: .service("rates"), 443))
        #expect(!judgement.admits(.deployment("ledger"), from: .namespace("users"), 5432))
    }

    @Test(
        "a label of another value does not", arguments: ["{casa.io/injection: disabled}", "{team: retail}"])
    func notManaged(labels: String) throws {
        let judgement = try Judgement(
            Documents.namespace("banking", labels: labels), Documents.workload("ledger"))
        #expect(judgement.model.namespaces.isEmpty)
    }

    @Test("a policy or a system makes its namespace managed, and only its own")
    func managedByDocument() throws {
        let judgement = try Judgement(
            Documents.policy(on: "teller", in: "retail", llm),
            Documents.system(
                "bank", "apps:\n" + Documents.application("bank-mcp", "mcp_server", host: "bank-mcp:3000")),
            Documents.workload("ledger", in: "elsewhere"))
        #expect(judgement.model.namespaces.map(\.name) == ["banking", "retail"])
    }

    @Test("every workload of a managed namespace is denied both ways, selected and listed or not")
    func denyByDefault() throws {
        let judgement = try Judgement(
            Documents.workload("teller"), Documents.workload("bystander"), Documents.policy(on: "teller", llm)
        )
        let bystander = WorkloadID.deployment("bystander")
        #expect(
            judgement.model[namespace: "banking"]?.subjects.map(\.workload) == [
                bystander, .deployment("teller"),
            ])
        #expect(!judgement.opens(bystander, to: .name(DomainName("llm.example.com")), 443))
        #expect(!judgement.opens(bystander, to: .deployment("teller"), 8000))
        #expect(!judgement.admits(bystander, from: .deployment("teller"), 8000))
        #expect(judgement.opens(.deployment("teller"), to: .name(DomainName("llm.example.com")), 443))
    }

    @Test("workloads come from systems, targets and documents")
    func discovery() throws {
        let judgement = try Judgement(
            Documents.system(
                "bank",
                "apps:\n"
                    + Documents.application("tools", "mcp_server", host: "tools:3000", workload: "bank-mcp")),
            Documents.policy(on: "teller", kind: "StatefulSet", llm),
            Documents.policy(on: "batch", kind: "Pod", llm))
        #expect(
            judgement.model[namespace: "banking"]?.subjects.map(\.workload.description)
                == ["banking/Deployment/bank-mcp", "banking/Pod/batch", "banking/StatefulSet/teller"])
    }

    @Test("a target selects in its own namespace, and its kind matters")
    func targetOfOneNamespaceAndKind() throws {
        let judgement = try Judgement(
            Documents.workload("teller", kind: "StatefulSet"), Documents.workload("teller"),
            Documents.workload("teller", in: "retail"), Documents.policy(on: "clerk", in: "retail2", llm),
            Documents.policy(on: "teller", kind: "StatefulSet", llm))
        let name = PeerClass.name(DomainName("llm.example.com"))
        #expect(
            judgement.opens(
                WorkloadID(namespace: "banking", kind: .statefulSet, name: "teller"), to: name, 443))
        #expect(!judgement.opens(.deployment("teller"), to: name, 443))
        #expect(judgement.model[namespace: "retail"] == nil)
    }

    @Test("an absent namespace is `default`")
    func defaultNamespace() throws {
        let judgement = try Judgement(
            Documents.policy(on: "teller", llm).replacing(", namespace: banking", with: ""))
        #expect(judgement.model.namespaces.map(\.name) == ["default"])
    }
}
