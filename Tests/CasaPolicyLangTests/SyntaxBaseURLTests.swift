import CasaDiagnostics
import CasaPolicyLang
import Testing

@Suite("Base URLs")
struct SyntaxBaseURLTests {
    private func baseURL(_ text: String) -> (Traced<BaseURL>?, [Finding]) {
        let reading = SyntaxReading.application(baseURL: text)
        return (reading.syntax?.systems.first?.applications.first?.baseURL, reading.findings)
    }

    @Test("host and port have places of their own")
    func parts() throws {
        let (found, findings) = baseURL("{host: My-Agent.banking:8000, scheme: http}")
        let url = try #require(found)
        #expect(findings == [])
        #expect(url.host.value == "my-agent.banking")
        #expect(url.host.origin.text == "My-Agent.banking")
        #expect(url.port?.value == 8000)
        #expect(url.port?.origin.text == "8000")
        #expect(url.scheme.value == .http)
        #expect(url.authority == "my-agent.banking:8000")
    }

    @Test(
        "hosts are names or addresses, with or without a port",
        arguments: [
            ("agent", "agent", nil), ("'10.1.2.3:80'", "10.1.2.3", 80), ("'[fd00::1]:80'", "fd00::1", 80),
            ("'[fd00::1]'", "fd00::1", nil), ("a.b.svc.cluster.local", "a.b.svc.cluster.local", nil),
        ])
    func hosts(text: String, host: String, port: UInt16?) throws {
        let (found, findings) = baseURL("{host: \(text), scheme: https}")
        #expect(findings == [])
        #expect(found?.host.value == host)
        #expect(found?.port?.value == port)
        #expect(found?.authority == text.filter { $0 != "'" })
    }

    @Test(
        "what is not a host is told",
        arguments: [
            ("http://agent:8000", "write the scheme under `scheme`, and only host and port here"),
            ("agent:8000/mcp", "write only host and port, without a path"),
            ("my_agent:8000", "use letters, digits, hyphens and dots, and a port, as in `my-agent:8000`"),
            ("a:1:2", "use letters, digits, hyphens and dots, and a port, as in `my-agent:8000`"),
            ("fd00::1", "put brackets round the address: `[fd00::1]:8000`"),
            ("999.1.1.1", "use letters, digits, hyphens and dots, and a port, as in `my-agent:8000`"),
            ("[fd00::1]x:80", "use letters, digits, hyphens and dots, and a port, as in `my-agent:8000`"),
            ("[10.0.0.1]:80", "use letters, digits, hyphens and dots, and a port, as in `my-agent:8000`"),
        ])
    func noHost(text: String, help: String) {
        let (found, findings) = baseURL("{host: '\(text)', scheme: http}")
        #expect(found == nil)
        #expect(findings == [Finding(.invalidHost, text, "`\(text)` is not a host", help)])
    }

    @Test("an empty host is told")
    func empty() {
        #expect(
            baseURL("{host: '', scheme: http}").1 == [
                Finding(.invalidHost, "", "the host is empty", "write it as in `my-agent:8000`")
            ])
    }

    @Test("a wrong port is told at its digits", arguments: ["0", "65536", "080", "x"])
    func ports(port: String) {
        #expect(
            baseURL("{host: 'agent:\(port)', scheme: http}").1 == [
                Finding(
                    .invalidPort, port, "`\(port)` is not a port", "a port is a whole number from 1 to 65535")
            ])
    }

    @Test("the scheme is http or https")
    func scheme() {
        #expect(
            baseURL("{host: agent, scheme: HTTP}").1 == [
                Finding(.unknownValue, "HTTP", "unknown scheme `HTTP`", "did you mean `http`?")
            ])
    }

    @Test(
        "one text is taken, and said to be old",
        arguments: ["http://agent:8000", "http://Agent:8000/mcp?a=b"])
    func oneText(text: String) {
        let (found, findings) = baseURL("'\(text)'")
        #expect(
            findings == [
                Finding(
                    .deprecatedForm, "'\(text)'", "`baseUrl` as one text is an old form",
                    "write `host: agent:8000` and `scheme: http` under it")
            ])
        #expect(found?.authority == "agent:8000")
        #expect(found?.host.origin.text.lowercased() == "agent")
        #expect(found?.scheme.origin.text == "http")
        #expect(found?.port?.origin.text == "8000")
    }

    @Test("a text that is no URL is told")
    func noURL() {
        #expect(
            baseURL("agent:8000").1 == [
                Finding(
                    .invalidHost, "agent:8000", "`agent:8000` is not a URL",
                    "write the scheme in front: `http://agent:8000`")
            ])
        #expect(
            baseURL("ftp://agent").1 == [
                Finding(.unknownValue, "ftp", "unknown scheme `ftp`", "write `http` or `https`")
            ])
        #expect(baseURL("http://a@b").1.map(\.code) == [.invalidHost])
    }
}
