import CasaDiagnostics
import CasaPolicyIR
import CasaPolicyLang
import Testing

@Suite("Trees of our kinds")
struct SyntaxTreeTests {
    @Test("a policy is read with exact places")
    func policy() throws {
        let reading = SyntaxReading(SyntaxIndentationTests.documents[0])
        let policy = try #require(reading.syntax?.policies.first)
        #expect(policy.metadata.name.value == "agent-policy")
        #expect(policy.metadata.namespace?.origin.text == "your-mas-namespace")
        #expect(policy.target.kind.value == .deployment)
        #expect(policy.target.name.origin.start == SourcePosition(line: 9, column: 11))
        #expect(policy.target.origin.text == "kind: Deployment\n    name: my-agent")
        #expect(policy.allowedProtocols?.value.map(\.value) == [.mcp, .a2a])
        #expect(policy.allowedProtocols?.value.map(\.origin.text) == ["mcp", "a2a"])
        #expect(policy.allowedEndpoints.map(\.name.value) == ["my-mcp-server", "casa-auth-service"])
        #expect(policy.allowedEndpoints.map(\.namespace.value) == ["your-mas-namespace", "casa-runtime"])
        #expect(policy.allowedEndpoints.map(\.port.origin.text) == ["8080", "8443"])
        #expect(policy.llmEndpoint?.value.fqdn.value.description == "api.openai.com")
        #expect(policy.llmEndpoint?.value.port.value == 443)
        #expect(policy.allowedSources.isEmpty)
    }

    @Test("a system is read with exact places")
    func system() throws {
        let reading = SyntaxReading(SyntaxIndentationTests.documents[4])
        let system = try #require(reading.syntax?.systems.first)
        #expect(system.displayName.value == "My Multi-Agent System")
        #expect(system.displayName.origin.text == "\"My Multi-Agent System\"")
        #expect(system.enabledToolChecks?.value.map(\.value) == [.toolSelected, .selectedTools])
        #expect(system.llmHost?.value.description == "your-llm-host.example.com")
        #expect(system.authorizationServer == nil)
        #expect(system.applications.map(\.name.value) == ["my-agent", "my-mcp-server"])
        #expect(system.applications.map(\.type.value) == [.agent, .mcpServer])
        #expect(
            system.applications.map(\.baseURL.value.authority) == ["my-agent:8000", "my-mcp-server:8080"])
        #expect(
            system.applications.map { $0.kubernetesWorkloadName?.value } == ["my-agent", "my-mcp-server"])
        #expect(system.applications.map { $0.promptFieldJSONPath?.value } == ["{.prompt}", nil])
    }

    @Test("absent and empty are told apart")
    func absence() {
        #expect(SyntaxReading.policy("").syntax?.policies.first?.allowedProtocols == nil)
        #expect(
            SyntaxReading.policy("allowedProtocols: []").syntax?.policies.first?.allowedProtocols?.value == []
        )
        #expect(SyntaxReading.system("").syntax?.systems.first?.enabledToolChecks?.value == [])
        let text = "apiVersion: casa.io/v1alpha1\nkind: CASAPolicy\nmetadata: {name: a}\n"
        let policy = SyntaxReading(text + "spec: {targetRef: {kind: Pod, name: b}}").syntax?.policies.first
        #expect(policy?.metadata.namespace == nil)
    }

    @Test("what the API server adds is taken")
    func fromCluster() {
        let reading = SyntaxReading(
            """
            apiVersion: casa.io/v1alpha1
            kind: CASAPolicy
            metadata:
              name: a
              uid: 1
              resourceVersion: "2"
              generation: 3
              creationTimestamp: "2026-01-01T00:00:00Z"
              finalizers: [casa.io/finalizer]
              managedFields: []
            spec: {targetRef: {kind: Pod, name: b}}
            status: {phase: Active, anything: [else]}
            """)
        #expect(reading.findings == [])
    }

    @Test("a document that is damaged at any line is refused with an error or read", arguments: damaged)
    func damage(text: String) {
        let reading = SyntaxReading(text)
        #expect((reading.syntax == nil) == reading.diagnostics.contains { $0.severity == .error })
    }

    /// The documents with each line in turn left out, emptied of its value, or made into something else.
    private static let damaged: [String] = SyntaxIndentationTests.documents.flatMap { document in
        let lines = document.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return lines.indices.flatMap { index in
            let line = lines[index]
            let key = line.prefix { $0 != ":" }
            let replacements: [String?] = [
                nil, "\(key):", "\(key): []", "\(key): {a: b}", "\(key): 080", "  \(line)",
            ]
            return replacements.map { replacement in
                var copy = lines
                if let replacement { copy[index] = replacement } else { copy.remove(at: index) }
                return copy.joined(separator: "\n")
            }
        }
    }
}
