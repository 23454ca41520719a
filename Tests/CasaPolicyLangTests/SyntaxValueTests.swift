import CasaDiagnostics
import CasaPolicyIR
import CasaPolicyLang
import Testing

@Suite("Values of our kinds")
struct SyntaxValueTests {
    @Test(
        "unknown values of enumerations are answered with the known",
        arguments: [
            (
                "allowedProtocols: [MCP]",
                Finding(.unknownValue, "MCP", "unknown protocol `MCP`", "did you mean `mcp`?")
            ),
            (
                "allowedProtocols: [grpc]",
                Finding(.unknownValue, "grpc", "unknown protocol `grpc`", "write `mcp`, `a2a` or `http`")
            ),
        ])
    func protocols(spec: String, expected: Finding) {
        #expect(SyntaxReading.policy(spec).findings == [expected])
    }

    @Test("kinds of target are Deployment, StatefulSet and Pod")
    func targetKind() {
        let text = """
            apiVersion: casa.io/v1alpha1
            kind: CASAPolicy
            metadata: {name: a}
            spec: {targetRef: {kind: deployment, name: a}}
            """
        #expect(
            SyntaxReading(text).findings == [
                Finding(
                    .unknownValue, "deployment", "unknown kind of workload `deployment`",
                    "did you mean `Deployment`?")
            ])
        let daemon = text.replacing("deployment", with: "Job")
        #expect(
            SyntaxReading(daemon).findings.flatMap(\.help) == ["write `Deployment`, `StatefulSet` or `Pod`"])
    }

    @Test(
        "names follow Kubernetes",
        arguments: [
            ("My_Agent", "`My_Agent` is not a name of Kubernetes", "did you mean `my-agent`?"),
            (
                "-agent", "`-agent` is not a name of Kubernetes",
                "use `a-z`, `0-9`, `-` and `.`; begin and end with a letter or digit"
            ),
            (
                "a..b", "`a..b` is not a name of Kubernetes",
                "use `a-z`, `0-9`, `-` and `.`; begin and end with a letter or digit"
            ),
            (String(repeating: "a", count: 254), "the name is 254 bytes long", "a name here has at most 253"),
        ])
    func names(name: String, message: String, help: String) {
        #expect(
            SyntaxReading.policy("allowedEndpoints: [{name: \(name), namespace: a, port: 1}]").findings == [
                Finding(.invalidName, name, message, help)
            ])
    }

    @Test("an empty name is told")
    func emptyName() {
        #expect(
            SyntaxReading.policy("allowedEndpoints: [{name: '', namespace: a, port: 1}]").findings == [
                Finding(.invalidName, "''", "the name is empty", "write a name")
            ])
    }

    @Test("namespaces have no dots and 63 characters")
    func namespaces() {
        #expect(
            SyntaxReading.policy("allowedEndpoints: [{name: a.b, namespace: a.b, port: 1}]").findings == [
                Finding(
                    .invalidName, "a.b", "`a.b` is not a name of Kubernetes",
                    "use `a-z`, `0-9` and `-`; begin and end with a letter or digit")
            ])
        let long = String(repeating: "a", count: 64)
        #expect(
            SyntaxReading.policy("allowedEndpoints: [{name: a, namespace: \(long), port: 1}]").findings == [
                Finding(.invalidName, long, "the name is 64 bytes long", "a name here has at most 63")
            ])
    }

    @Test("wildcards in names are told apart", arguments: ["'*'", "mcp-*"])
    func wildcards(name: String) {
        let bare = name.filter { $0 != "'" }
        #expect(
            SyntaxReading.policy("allowedEndpoints: [{name: \(name), namespace: a, port: 1}]").findings == [
                Finding(
                    .wildcardName, name, "the name `\(bare)` has a wildcard",
                    "names are compared exactly: write one entry for each name")
            ])
    }

    @Test(
        "a domain name is nothing but the name",
        arguments: [
            (
                "https://api.openai.com/v1", "is more than a domain name",
                "write only the host name: `api.openai.com`"
            ),
            (
                "api.openai.com:443", "is more than a domain name",
                "write only the host name: `api.openai.com`"
            ),
            ("api.openai.com/v1", "is more than a domain name", "write only the host name: `api.openai.com`"),
            ("api.openai.com.", "is more than a domain name", "write only the host name: `api.openai.com`"),
            (
                "10.1.2.3", "is an address, not a domain name",
                "write the name of the host: its addresses are learned from the answers to that name"
            ),
            (
                "'2001:db8::1'", "is an address, not a domain name",
                "write the name of the host: its addresses are learned from the answers to that name"
            ),
            (
                "'*.openai.com'", "has a wildcard",
                "domain names are compared exactly: write the full name of one host"
            ),
            ("büro.example", "is not in ASCII form", "write the form that goes over the wire, with `xn--`"),
            (
                "localhost", "is not a full domain name",
                "write every label of it, as in `api.example.com`"
            ),
            (
                "api_v1.example.com", "is not a domain name",
                "use letters, digits and inner hyphens with dots between: 63 in a label, 253 in all"
            ),
            (
                "-api.example.com", "is not a domain name",
                "use letters, digits and inner hyphens with dots between: 63 in a label, 253 in all"
            ),
            (
                "1.2.3.4.5", "is not a domain name",
                "use letters, digits and inner hyphens with dots between: 63 in a label, 253 in all"
            ),
        ])
    func domainNames(name: String, message: String, help: String) {
        let bare = name.filter { $0 != "'" }
        let expected = [Finding(.invalidDomainName, name, "`\(bare)` \(message)", help)]
        #expect(
            SyntaxReading.policy("llmEndpoint: {fqdn: \(quoted(name)), port: 443}").findings
                == expected.map {
                    Finding($0.code, quoted(name), $0.message, help)
                })
        #expect(
            SyntaxReading.system("llm_host: \(quoted(name))").findings.map(\.code) == [.invalidDomainName])
    }

    /// As it has to be written inside of braces.
    private func quoted(_ text: String) -> String {
        text.hasPrefix("'") ? text : "'\(text)'"
    }

    @Test("domain names are compared in lower case")
    func domainNameCase() {
        let reading = SyntaxReading.policy("llmEndpoint: {fqdn: API.OpenAI.com, port: 443}")
        #expect(reading.syntax?.policies.first?.llmEndpoint?.value.fqdn.value.description == "api.openai.com")
        #expect(reading.syntax?.policies.first?.llmEndpoint?.value.fqdn.origin.text == "API.OpenAI.com")
    }

    @Test(
        "what is not a JSONPath template is told, with the repaired one where there is one",
        arguments: [
            (".prompt", "did you mean `{.prompt}`?"), ("$.prompt", "did you mean `{.prompt}`?"),
            ("prompt", "did you mean `{.prompt}`?"), ("{prompt}", "did you mean `{.prompt}`?"),
            ("{.a[}", "write a path in braces, as in `{.prompt}` or `{.messages[0].content}`"),
            ("{.a", "did you mean `{.a}`?"),
            ("{.a..}", "write a path in braces, as in `{.prompt}` or `{.messages[0].content}`"),
            ("", "write a path in braces, as in `{.prompt}` or `{.messages[0].content}`"),
            (
                "{range .items[*]}{.name}{end}",
                "write a path in braces, as in `{.prompt}` or `{.messages[0].content}`"
            ),
        ])
    func jsonPaths(path: String, help: String) {
        let schema = "httpRequestSchema: {promptFieldJsonPath: '\(path)'}"
        #expect(
            SyntaxReading.application(baseURL: "{host: a, scheme: http}", schema).findings == [
                Finding(.invalidJSONPath, "'\(path)'", "`\(path)` is not a JSONPath template", help)
            ])
    }

    @Test(
        "JSONPath templates as Kubernetes has them are taken",
        arguments: [
            "{.prompt}", "{.conversation.messages[0].content}", "{$.prompt}", "{.messages[-1:].content}",
            "{.messages[?(@.role==\"user\")].content}", "{..content}", "{.a[*].b}", "{.*}", "{['a','b']}",
            "{.a} {.b}", "user: {.prompt}", "{.}", "{ .a }",
        ])
    func goodJSONPaths(path: String) {
        let schema = "httpRequestSchema: {promptFieldJsonPath: \(literal(path))}"
        let reading = SyntaxReading.application(baseURL: "{host: a, scheme: http}", schema)
        #expect(reading.findings == [])
        #expect(reading.syntax?.systems.first?.applications.first?.promptFieldJSONPath?.value == path)
    }

    private func literal(_ text: String) -> String {
        "'\(text.replacing("'", with: "''"))'"
    }

    @Test("names for people are one line that is not empty")
    func displayNames() {
        let text = "apiVersion: casa.io/v1alpha1\nkind: MultiAgentSystem\nmetadata: {name: a}\n"
        let reading = SyntaxReading(text + "spec: {name: \"a\\nb\", enabledToolChecks: []}")
        #expect(
            reading.findings == [
                Finding(
                    .invalidName, "\"a\\nb\"", "the name has characters that cannot be printed",
                    "write one line of 1 to 253 characters")
            ])
    }

    @Test("absent tool checks are all three, and that is said")
    func toolChecks() {
        let text =
            "apiVersion: casa.io/v1alpha1\nkind: MultiAgentSystem\nmetadata: {name: a}\nspec: {name: A}\n"
        let reading = SyntaxReading(text)
        #expect(
            reading.findings == [
                Finding(
                    .toolChecksUnset, "spec", "`enabledToolChecks` is not set: all three checks are made",
                    "list the checks, or write `[]` for none")
            ])
        #expect(reading.syntax != nil)
        #expect(reading.syntax?.systems.first?.enabledToolChecks == nil)
        #expect(
            SyntaxReading(text.replacing("A}", with: "A, enabledToolChecks: [AI_TOOL_MATCH]}")).findings == [
                Finding(
                    .unknownValue, "AI_TOOL_MATCH", "unknown tool check `AI_TOOL_MATCH`",
                    "write `DETERMINISTIC_TOOL_SELECTED`, `DETERMINISTIC_LLM_SELECTED_TOOLS` or "
                        + "`AI_POWERED_TOOL_MATCH`")
            ])
    }

    @Test("the realm of older documents is taken and said to be old")
    func authorizationServer() {
        let reading = SyntaxReading.system("authorizationServer: realm")
        #expect(
            reading.findings == [
                Finding(
                    .deprecatedForm, "authorizationServer", "`authorizationServer` is an old field",
                    "remove it")
            ])
        #expect(reading.syntax?.systems.first?.authorizationServer?.value == "realm")
    }

    @Test(
        "labels follow Kubernetes",
        arguments: [
            (
                "{'a b': c}", "'a b'", "`a b` is not a label's key",
                "write `name` or `domain.example/name`; a name has at most 63 characters"
            ),
            (
                "{A.b/c/d: e}", "A.b/c/d", "`A.b/c/d` is not a label's key",
                "write `name` or `domain.example/name`; a name has at most 63 characters"
            ),
            (
                "{a: 'b c'}", "'b c'", "`b c` is not a label's value",
                "use at most 63 letters, digits and inner `-`, `_` and `.`"
            ),
        ])
    func labels(labels: String, text: String, message: String, help: String) {
        #expect(
            SyntaxReading.source("{pods: {matchLabels: \(labels)}, ports: [1]}").findings == [
                Finding(.invalidSelector, text, message, help)
            ])
    }
}
