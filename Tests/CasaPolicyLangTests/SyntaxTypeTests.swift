import CasaDiagnostics
import CasaPolicyLang
import Testing

@Suite("Types of values")
struct SyntaxTypeTests {
    @Test("a wrong type is told with what was found")
    func wrongTypes() {
        #expect(
            SyntaxReading.policy("allowedProtocols: mcp").findings == [
                Finding(.wrongType, "mcp", "expected a list, found text")
            ])
        #expect(
            SyntaxReading.policy("allowedEndpoints: {name: a}").findings == [
                Finding(.wrongType, "{name: a}", "expected a list, found a mapping")
            ])
        #expect(
            SyntaxReading.policy("llmEndpoint: [a]").findings == [
                Finding(.wrongType, "[a]", "expected a mapping, found a list")
            ])
        #expect(
            SyntaxReading("- a\n- b\n").findings == [
                Finding(.wrongType, "- a\n- b", "expected a mapping, found a list")
            ])
        #expect(
            SyntaxReading("only words\n").findings == [
                Finding(.wrongType, "only words", "expected a mapping, found text")
            ])
    }

    @Test(
        "text that YAML takes for something else wants quotes",
        arguments: [
            ("no", "a truth value"), ("on", "a truth value"), ("True", "a truth value"), ("123", "a number"),
            ("1.5", "a number"), ("0x1F", "a number"), ("1e3", "a number"),
        ])
    func unquoted(text: String, found: String) {
        #expect(
            SyntaxReading.policy("allowedEndpoints: [{name: \(text), namespace: a, port: 1}]").findings == [
                Finding(
                    .wrongType, text, "expected text, found \(found)", "put quotes round it: `\"\(text)\"`")
            ])
    }

    @Test("words that only Swift takes for numbers are names", arguments: ["nan", "infinity", "inf"])
    func words(name: String) {
        #expect(
            SyntaxReading.policy("allowedEndpoints: [{name: \(name), namespace: a, port: 1}]").findings == [])
    }

    @Test("quoted, the same texts are names", arguments: ["no", "123", "1e3"])
    func quoted(text: String) {
        let reading = SyntaxReading.policy("allowedEndpoints: [{name: \"\(text)\", namespace: a, port: 1}]")
        #expect(reading.syntax?.policies.first?.allowedEndpoints.first?.name.value == text)
    }

    @Test("a port in quotes is told to lose them")
    func quotedPort() {
        #expect(
            SyntaxReading.policy("llmEndpoint: {fqdn: a.example, port: \"8080\"}").findings == [
                Finding(
                    .wrongType, "\"8080\"", "expected a whole number, found text",
                    "write `8080` without quotes")
            ])
    }

    @Test(
        "what is not a whole number is not a port",
        arguments: [
            ("https", "text"), ("8080.0", "a number"), ("0x50", "a number"), ("yes", "a truth value"),
        ])
    func noPort(text: String, found: String) {
        #expect(
            SyntaxReading.policy("llmEndpoint: {fqdn: a.example, port: \(text)}").findings == [
                Finding(.wrongType, text, "expected a whole number, found \(found)")
            ])
    }

    @Test("a leading zero is nobody's guess", arguments: ["080", "0443", "00"])
    func leadingZero(text: String) {
        #expect(
            SyntaxReading.policy("llmEndpoint: {fqdn: a.example, port: \(text)}").findings == [
                Finding(
                    .wrongType, text, "`\(text)` has a leading zero",
                    "write it without the zero: some readers of YAML take it for octal")
            ])
    }

    @Test(
        "a number that is no port is told so",
        arguments: ["0", "-1", "65536", "99999999999999999999999", "-99999999999999999999999"])
    func outOfRange(text: String) {
        #expect(
            SyntaxReading.policy("llmEndpoint: {fqdn: a.example, port: \(text)}").findings == [
                Finding(
                    .invalidPort, text, "`\(text)` is not a port", "a port is a whole number from 1 to 65535")
            ])
    }

    @Test("the first and the last port are ports", arguments: [UInt16(1), 65535])
    func bounds(port: UInt16) {
        let reading = SyntaxReading.policy("llmEndpoint: {fqdn: a.example, port: \(port)}")
        #expect(reading.syntax?.policies.first?.llmEndpoint?.value.port.value == port)
    }

    @Test("items of a list are told one by one")
    func items() {
        #expect(
            SyntaxReading.policy("allowedProtocols: [mcp, 7, []]").findings == [
                Finding(.wrongType, "7", "expected text, found a number", "put quotes round it: `\"7\"`"),
                Finding(.wrongType, "[]", "expected text, found a list"),
            ])
    }
}
