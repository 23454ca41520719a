import CasaDiagnostics
import Testing

@Suite("Diagnostics keep their identity and their order")
struct DiagnosticTests {
    @Test(
        "names are made from the cases",
        arguments: [
            (DiagnosticCode.unknownKey, "CASA1001", "unknown-key"), (.notUTF8, "CASA1011", "not-utf8"),
            (.invalidYAML, "CASA1005", "invalid-yaml"), (.invalidCIDR, "CASA2006", "invalid-cidr"),
            (.llmHostMismatch, "CASA2014", "llm-host-mismatch"),
            (.conflictingLLMEndpoints, "CASA2015", "conflicting-llm-endpoints"),
            (.invalidJSONPath, "CASA2020", "invalid-json-path"),
        ])
    func names(code: DiagnosticCode, identifier: String, name: String) {
        #expect(code.identifier == identifier)
        #expect(code.name == name)
    }

    @Test("no two codes have one name")
    func uniqueNames() {
        #expect(Set(DiagnosticCode.allCases.map(\.name)).count == DiagnosticCode.allCases.count)
    }

    @Test("reading order is by file, place and code; the same thing is said once")
    func readingOrder() {
        let first = SourceFile(name: "a.yaml", text: "0123456789")
        let second = SourceFile(name: "b.yaml", text: "0123456789")
        func diagnostic(_ code: DiagnosticCode, _ file: SourceFile, _ offset: Int) -> Diagnostic {
            Diagnostic(code, at: SourceRange(file: file, bytes: offset..<offset + 1), "x")
        }
        let sorted = [
            diagnostic(.wrongType, first, 1), diagnostic(.unknownKey, first, 5),
            diagnostic(.wrongType, first, 5),
            diagnostic(.unknownKey, second, 0), Diagnostic(.missingPrivilege, at: nil, "x"),
        ]
        var bag = DiagnosticBag()
        for diagnostic in sorted.reversed() + sorted { bag.report(diagnostic) }
        #expect(bag.inReadingOrder == sorted)
    }

    @Test("only an error stops a phase")
    func proof() {
        var bag = DiagnosticBag()
        bag.report(Diagnostic(.emptyPolicy, at: nil, "x"))
        #expect(throws: Never.self) { try bag.throwIfFailed() }
        _ = bag.fail(Diagnostic(.unknownKey, at: nil, "x"))
        #expect(throws: Reported.self) { try bag.throwIfFailed() }
    }

    @Test(
        "a near miss is suggested, a far one is not",
        arguments: [
            ("alow", "allow"), ("Allow", "allow"), ("prot", "port"), ("ports", "port"), ("xyz", nil),
            ("", nil),
        ])
    func suggestions(word: String, expected: String?) {
        #expect(closestMatch(to: word, among: ["port", "allow", "namespace"]) == expected)
    }
}
