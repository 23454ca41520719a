import CasaDiagnostics
import CasaPolicyLang
import CasaYAML
import Testing

@Suite("Lost indentation")
struct SyntaxIndentationTests {
    @Test("documents with their indentation are clean", arguments: documents)
    func clean(document: String) {
        let reading = SyntaxReading(document)
        #expect(reading.findings == [])
        #expect(reading.syntax.map { $0.policies.count + $0.systems.count } == 1)
    }

    @Test("the same documents without it have one error each", arguments: documents)
    func pasted(document: String) {
        let reading = SyntaxReading(Self.flattened(document))
        #expect(reading.findings.map(\.code) == [.lostIndentation])
        #expect(reading.diagnostics.first?.primary?.text == "name")
        #expect(reading.diagnostics.first?.primary?.start == SourcePosition(line: 4, column: 1))
        #expect(reading.syntax == nil)
    }

    @Test("the error says which keys belong under which parent")
    func parents() {
        #expect(
            SyntaxReading(Self.flattened(Self.documents[0])).findings == [
                Finding(
                    .lostIndentation, "name",
                    "the indentation is lost: `name` and `namespace` stand beside `metadata`, not under it",
                    "indent `name` and `namespace` under `metadata`",
                    "indent `targetRef`, `allowedProtocols`, `allowedEndpoints` and `llmEndpoint` under `spec`",
                    "indent `kind` and `name` under `targetRef`",
                    "indent `namespace` and `port` under `allowedEndpoints`",
                    "indent `fqdn` and `port` under `llmEndpoint`")
            ])
    }

    @Test("every document of a file is told, with comments, line breaks of Windows and a byte order mark")
    func everyDocument() {
        let text = Self.documents.map(Self.flattened).joined(separator: "\n---\n# pasted\n")
        let reading = SyntaxReading("\u{FEFF}" + text.split(separator: "\n").joined(separator: "\r\n"))
        #expect(reading.findings.map(\.code) == Self.documents.map { _ in .lostIndentation })
    }

    @Test("any object that lost its indentation is told so")
    func foreign() {
        let reading = SyntaxReading(
            "apiVersion: v1\nkind: Service\nmetadata:\nname: a\nspec:\nports:\n- port: 80\n")
        #expect(reading.findings.map(\.code) == [.lostIndentation])
    }

    @Test("a tree with keys written twice is recognised too")
    func tree() throws {
        var bag = DiagnosticBag()
        let text =
            "apiVersion: casa.io/v1alpha1\nkind: CASAPolicy\nspec:\ntargetRef:\nkind: Pod\nname: agent\n"
        let file = SourceFile(name: "test.yaml", text: text)
        let documents = try YAMLReader().read(file, reporting: &bag)
        let document = try #require(documents.first)
        let lost = try #require(ReadSyntax.lostIndentation(in: document.root))
        #expect(lost.code == .lostIndentation)
        #expect(lost.primary?.text == "targetRef")
    }

    @Test(
        "flat text that is not an object, or has lost nothing, is left alone",
        arguments: [
            "metadata:\nname: a\n",
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n",
            "apiVersion: v1\nkind: List\nitems: []\nmetadata:\n  resourceVersion: \"\"\n",
            "spec:\nkind: a\napiVersion: b\n",
        ])
    func untouched(text: String) {
        #expect(!SyntaxReading(text).findings.map(\.code).contains(.lostIndentation))
    }

    static func flattened(_ document: String) -> String {
        document.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: "\n") + "\n"
    }

    /// The documents this project was created from.
    static let documents = [
        """
        apiVersion: casa.io/v1alpha1
        kind: CASAPolicy
        metadata:
          name: agent-policy
          namespace: your-mas-namespace
        spec:
          targetRef:
            kind: Deployment
            name: my-agent
          allowedProtocols:
            - mcp
            - a2a
          allowedEndpoints:
            - name: my-mcp-server
              namespace: your-mas-namespace
              port: 8080
            - name: casa-auth-service
              namespace: casa-runtime
              port: 8443
          llmEndpoint:
            fqdn: api.openai.com
            port: 443

        """,
        """
        apiVersion: casa.io/v1alpha1
        kind: CASAPolicy
        metadata:
          name: agent-policy
          namespace: production-mas
        spec:
          targetRef:
            kind: Deployment
            name: my-agent
          allowedProtocols:
            - mcp
            - a2a
          allowedEndpoints:
            - name: my-mcp-server
              namespace: production-mas
              port: 8080
            - name: casa-auth-service
              namespace: casa-runtime
              port: 8443

        """,
        """
        apiVersion: casa.io/v1alpha1
        kind: CASAPolicy
        metadata:
          name: agent-policy
          namespace: production-mas
        spec:
          targetRef:
            kind: Deployment
            name: my-agent
          llmEndpoint:
            fqdn: api.openai.com
            port: 443

        """,
        """
        apiVersion: casa.io/v1alpha1
        kind: CASAPolicy
        metadata:
          name: agent-policy
          namespace: production-mas
        spec:
          targetRef:
            kind: Deployment
            name: orchestrator-agent
          allowedProtocols:
            - mcp
            - a2a
          allowedEndpoints:
            - name: filesystem-mcp
              namespace: production-mas
              port: 8080
            - name: casa-auth-service
              namespace: casa-runtime
              port: 8443
          llmEndpoint:
            fqdn: api.openai.com
            port: 443

        """,
        """
        apiVersion: casa.io/v1alpha1
        kind: MultiAgentSystem
        metadata:
            name: my-mas
            namespace: my-mas
        spec:
            name: "My Multi-Agent System"
            enabledToolChecks:
                - DETERMINISTIC_TOOL_SELECTED
                - DETERMINISTIC_LLM_SELECTED_TOOLS
            llm_host: your-llm-host.example.com
            apps:
                - name: my-agent
                  type: agent
                  kubernetesWorkloadName: my-agent
                  baseUrl:
                      host: my-agent:8000
                      scheme: http
                  httpRequestSchema:
                      promptFieldJsonPath: "{.prompt}"
                - name: my-mcp-server
                  type: mcp_server
                  kubernetesWorkloadName: my-mcp-server
                  baseUrl:
                      host: my-mcp-server:8080
                      scheme: http

        """,
    ]
}
