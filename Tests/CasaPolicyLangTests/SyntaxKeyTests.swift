import CasaDiagnostics
import CasaPolicyLang
import Testing

@Suite("Keys of our kinds")
struct SyntaxKeyTests {
    @Test("a key in the wrong case or with a typing error is not missing as well")
    func misspelled() {
        #expect(
            SyntaxReading.policy("allowedEndpoints:\n- {name: a, nameSpace: b, prot: 80}").findings == [
                Finding(
                    .unknownKey, "nameSpace", "unknown key `nameSpace` in an endpoint",
                    "did you mean `namespace`?"),
                Finding(.unknownKey, "prot", "unknown key `prot` in an endpoint", "did you mean `port`?"),
            ])
    }

    @Test("a key that belongs elsewhere is told where")
    func misplaced() {
        #expect(
            SyntaxReading.policy("port: 8080").findings == [
                Finding(
                    .unknownKey, "port", "unknown key `port` in the spec of a CASAPolicy",
                    "`port` belongs under `allowedEndpoints`, `llmEndpoint` or `ports`")
            ])
    }

    @Test("a key that is nowhere is answered with those there are")
    func unheardOf() {
        #expect(
            SyntaxReading.policy("llmEndpoint: {fqdn: a.example, port: 443, secret: x}").findings == [
                Finding(
                    .unknownKey, "secret", "unknown key `secret` in `llmEndpoint`",
                    "`llmEndpoint` has the keys `fqdn` and `port`")
            ])
    }

    @Test("the port of a base URL is in its host")
    func hintedKey() {
        #expect(
            SyntaxReading.application(baseURL: "{host: server, port: 8080, scheme: http}").findings == [
                Finding(
                    .unknownKey, "port", "unknown key `port` in `baseUrl`",
                    "write the port behind the host: `host: my-agent:8000`")
            ])
    }

    @Test("the snake-case key of upstream is found from its camel-case twin")
    func snakeCase() {
        #expect(
            SyntaxReading.system("llmHost: llm.example.com").findings == [
                Finding(
                    .unknownKey, "llmHost", "unknown key `llmHost` in the spec of a MultiAgentSystem",
                    "did you mean `llm_host`?")
            ])
    }

    @Test("an unknown key is told once, also when it is written twice")
    func unknownTwice() {
        let reading = SyntaxReading.policy("foo: 1\nfoo: 2")
        #expect(reading.findings.map(\.code) == [.unknownKey, .duplicateKey])
    }

    @Test("missing keys are told at the key of their parent")
    func missingUnderKey() {
        #expect(
            SyntaxReading.policy("llmEndpoint: {}").findings == [
                Finding(
                    .missingKey, "llmEndpoint", "missing keys `fqdn` and `port` of `llmEndpoint`",
                    "add `fqdn` and `port`")
            ])
    }

    @Test("missing keys of an item are told at its first line")
    func missingInItem() {
        #expect(
            SyntaxReading.policy("allowedEndpoints:\n- name: a\n  namespace: b").findings == [
                Finding(.missingKey, "name: a", "missing key `port` of an endpoint", "add `port`")
            ])
    }

    @Test("missing keys of a document are told at its first line")
    func missingInDocument() {
        #expect(
            SyntaxReading("kind: CASAPolicy\napiVersion: casa.io/v1alpha1\n").findings == [
                Finding(
                    .missingKey, "kind: CASAPolicy", "missing keys `metadata` and `spec` of a CASAPolicy",
                    "add `metadata` and `spec`")
            ])
        #expect(
            SyntaxReading("replicas: 1\nimage: a\n").findings == [
                Finding(
                    .missingKey, "replicas: 1", "missing keys `apiVersion` and `kind` of an object",
                    "add `apiVersion` and `kind`")
            ])
    }

    @Test("a key with nothing behind it has no value")
    func empty() {
        let help = "write a value after `namespace:`, or remove the key"
        #expect(
            SyntaxReading.policy("allowedEndpoints:\n- name: a\n  namespace:\n  port: 1").findings == [
                Finding(.missingKey, "namespace", "`namespace` has no value", help)
            ])
        #expect(SyntaxReading.policy("allowedProtocols: ~").findings.map(\.code) == [.missingKey])
        #expect(SyntaxReading.policy("allowedProtocols: null").findings.map(\.text) == ["allowedProtocols"])
    }

    @Test("a document with every key of its kind is clean", arguments: fullDocuments)
    func fullDocument(document: String) {
        #expect(SyntaxReading(document).findings == [])
    }

    @Test("where every key belongs is known to the search for lost indentation", arguments: fullDocuments)
    func agreement(document: String) {
        let flat = SyntaxIndentationTests.flattened(document)
        let help = SyntaxReading(flat).findings.flatMap(\.help).joined(separator: " ")
        let keys = flat.split(separator: "\n").dropFirst(2).map { $0.prefix { $0 != ":" } }.filter {
            !$0.hasPrefix("-")
        }
        for key in keys where !["metadata", "spec", "status", "app"].contains(key) {
            #expect(help.contains("`\(key)`"))
        }
    }

    private static let fullDocuments = [
        """
        apiVersion: casa.io/v1alpha1
        kind: CASAPolicy
        metadata:
          name: a
          namespace: b
          labels:
            app: d
          annotations:
            app: f
        spec:
          targetRef:
            kind: Pod
            name: a
          allowedProtocols:
            - mcp
            - a2a
            - http
          allowedEndpoints:
            -
              name: a
              namespace: b
              port: 1
          llmEndpoint:
            fqdn: a.example
            port: 443
          allowedSources:
            -
              workload:
                kind: StatefulSet
                name: a
                namespace: b
              ports:
                -
                  port: 1
                  endPort: 2
                  protocol: UDP
            -
              namespace: a
              ports:
                - 1
            -
              pods:
                namespace: a
                matchLabels:
                  app: c
              ports:
                - 1
            -
              cidr: 10.0.0.0/8
              ports:
                - 1
        status: {}
        """,
        """
        apiVersion: casa.io/v1alpha1
        kind: MultiAgentSystem
        metadata:
          name: a
          namespace: b
        spec:
          name: A
          enabledToolChecks:
            - AI_POWERED_TOOL_MATCH
          llm_host: llm.example.com
          apps:
            -
              name: a
              type: client
              baseUrl:
                host: a
                scheme: https
              kubernetesWorkloadName: a
              httpRequestSchema:
                promptFieldJsonPath: "{.a}"
        status: {}
        """,
    ]
}
