import CasaDiagnostics
import CasaPolicyIR
import CasaPolicyLang
import Testing

@Suite("Allowed sources")
struct SyntaxSourceTests {
    @Test("the four forms are read with their places")
    func forms() throws {
        let reading = SyntaxReading.policy(
            """
            allowedSources:
              - workload: {kind: StatefulSet, name: gateway, namespace: edge}
                ports: [8080, {port: 9000, endPort: 9010, protocol: UDP}]
              - namespace: monitoring
                ports: [9090]
              - pods: {namespace: edge, matchLabels: {app: ingress}}
                ports: [{port: 8080}]
              - cidr: 10.0.0.0/8
                ports: [8080]
            """)
        #expect(reading.findings == [])
        let sources = try #require(reading.syntax?.policies.first?.allowedSources)
        #expect(
            sources.map(\.peer.origin.text) == [
                "{kind: StatefulSet, name: gateway, namespace: edge}", "monitoring",
                "{namespace: edge, matchLabels: {app: ingress}}", "10.0.0.0/8",
            ])
        guard case .workload(let workload) = sources[0].peer, case .pods(let pods) = sources[2].peer,
            case .block(let block) = sources[3].peer
        else {
            Issue.record("the forms are not those that were written")
            return
        }
        #expect(workload.kind?.value == .statefulSet)
        #expect(workload.name.value == "gateway")
        #expect(workload.namespace?.value == "edge")
        #expect(pods.matchLabels.map(\.value.value) == ["ingress"])
        #expect(block.value == CIDRBlock("10.0.0.0/8"))
        #expect(sources[0].ports.map(\.value.range) == [8080...8080, 9000...9010])
        #expect(sources[0].ports.map { $0.value.transport?.value } == [nil, .udp])
        #expect(sources[0].ports.map { $0.value.first.origin.text } == ["8080", "9000"])
    }

    @Test("a source without a form does not say who")
    func none() {
        #expect(
            SyntaxReading.source("ports: [80]").findings == [
                Finding(
                    .ambiguousSource, "ports: [80]", "the source does not say who may come in",
                    "add one of `workload`, `namespace`, `pods` and `cidr`")
            ])
    }

    @Test("a source with two forms says too much")
    func two() {
        let reading = SyntaxReading.source("{namespace: a, cidr: 10.0.0.0/8, ports: [80]}")
        #expect(
            reading.findings == [
                Finding(
                    .ambiguousSource, "namespace", "the source says `namespace` and `cidr` at once",
                    "write one source for each; a workload or selector has its `namespace` inside")
            ])
        #expect(reading.diagnostics.first?.labels.map(\.range.text) == ["namespace", "cidr"])
    }

    @Test("a form that is spelled wrong is one mistake")
    func misspelled() {
        #expect(
            SyntaxReading.source("{worklod: {name: a}, ports: [80]}").findings == [
                Finding(
                    .unknownKey, "worklod", "unknown key `worklod` in a source", "did you mean `workload`?")
            ])
    }

    @Test("ports are needed, and at least one")
    func ports() {
        #expect(
            SyntaxReading.source("namespace: a").findings == [
                Finding(.missingKey, "namespace: a", "missing key `ports` of a source", "add `ports`")
            ])
        #expect(
            SyntaxReading.source("{namespace: a, ports: []}").findings == [
                Finding(
                    .missingKey, "[]", "`ports` names no port",
                    "write the ports the source may reach, as in `[8080]`")
            ])
        #expect(
            SyntaxReading.source("{namespace: a, ports: 80}").findings == [
                Finding(.wrongType, "80", "expected a list, found a number")
            ])
    }

    @Test("a range of ports goes upwards")
    func range() {
        let reading = SyntaxReading.source("{namespace: a, ports: [{port: 90, endPort: 80}]}")
        #expect(
            reading.findings == [
                Finding(
                    .invalidPort, "80", "`endPort` 80 is less than `port` 90",
                    "write the smaller number under `port`")
            ])
        #expect(reading.diagnostics.first?.labels.last?.range.text == "90")
        let single = SyntaxReading.source("{namespace: a, ports: [{port: 80, endPort: 80}]}")
        #expect(single.syntax?.policies.first?.allowedSources.first?.ports.first?.value.range == 80...80)
    }

    @Test("protocols are TCP and UDP", arguments: ["SCTP", "any", "tcp"])
    func transport(name: String) {
        let help = name == "tcp" ? "did you mean `TCP`?" : "write `TCP` or `UDP`"
        let findings = SyntaxReading.source("{namespace: a, ports: [{port: 80, protocol: \(name)}]}").findings
        #expect(findings == [Finding(.unknownValue, name, "unknown protocol `\(name)`", help)])
    }

    @Test(
        "blocks are addresses with the length of a prefix",
        arguments: [
            ("10.0.0.1", "write `10.0.0.1/32` for this one address"),
            ("2001:db8::1", "write `2001:db8::1/128` for this one address"),
            (
                "10.0.0.0/33",
                "write an address and the length of its prefix, as in `10.0.0.0/8` or `fd00::/8`"
            ),
            ("10.0.0/8", "write an address and the length of its prefix, as in `10.0.0.0/8` or `fd00::/8`"),
            (
                "010.0.0.0/8",
                "write an address and the length of its prefix, as in `10.0.0.0/8` or `fd00::/8`"
            ),
            ("a/8", "write an address and the length of its prefix, as in `10.0.0.0/8` or `fd00::/8`"),
            (
                "'::ffff:10.0.0.0/104'",
                "write an address and the length of its prefix, as in `10.0.0.0/8` or `fd00::/8`"
            ),
        ])
    func blocks(text: String, help: String) {
        let bare = text.filter { $0 != "'" }
        #expect(
            SyntaxReading.policy("allowedSources:\n  - cidr: \(text)\n    ports: [80]").findings == [
                Finding(.invalidCIDR, text, "`\(bare)` is not a block of addresses", help)
            ])
    }

    @Test(
        "bits behind the prefix are told with the block that was meant",
        arguments: [
            (
                "10.1.2.3/8", "`10.1.2.3/8` has bits set behind its prefix",
                "write `10.0.0.0/8` for the block, or `10.1.2.3/32` for the address"
            ),
            (
                "fd00::1/64", "`fd00::1/64` has bits set behind its prefix",
                "write `fd00::/64` for the block, or `fd00::1/128` for the address"
            ),
        ])
    func hostBits(text: String, message: String, help: String) {
        #expect(
            SyntaxReading.policy("allowedSources:\n  - cidr: \(text)\n    ports: [80]").findings == [
                Finding(.invalidCIDR, text, message, help)
            ])
    }

    @Test("whole address spaces are blocks", arguments: ["0.0.0.0/0", "'::/0'", "192.0.2.7/32"])
    func wholeSpaces(text: String) {
        #expect(SyntaxReading.source("{cidr: \(text), ports: [80]}").findings == [])
    }

    @Test("a selector demands a label")
    func emptySelector() {
        #expect(
            SyntaxReading.source("{pods: {matchLabels: {}}, ports: [80]}").findings == [
                Finding(
                    .invalidSelector, "{}", "`matchLabels` demands no label",
                    "name a label, or write `namespace:` instead of `pods:` to admit all its pods")
            ])
    }
}
