import CasaDiagnostics
import CasaTestSupport
import Testing

/// The runner is tested too: a marker that is not understood must never look like a met expectation.
@Suite("Expectations in comments")
struct ExpectationTests {
    private func expected(_ text: String) throws -> ExpectedDiagnostics {
        try ExpectedDiagnostics(in: [SourceFile(name: "test.yaml", text: text)])
    }

    private func entry(_ line: Int, _ code: DiagnosticCode) -> ExpectedDiagnostics.Entry {
        ExpectedDiagnostics.Entry(file: line == 0 ? "" : "test.yaml", line: line, code: code)
    }

    private func diagnostic(_ code: DiagnosticCode, _ text: String, in source: String) throws -> Diagnostic {
        let file = SourceFile(name: "test.yaml", text: source)
        let place = try #require(source.firstRange(of: text))
        let start = source.utf8.distance(from: source.startIndex, to: place.lowerBound)
        return Diagnostic(code, at: SourceRange(file: file, bytes: start..<start + text.utf8.count), "wrong")
    }

    @Test("a comment expects codes on its own line")
    func trailing() throws {
        let text = "a: b\nc: d  # expect: CASA1001, CASA2002\n"
        #expect(try expected(text).entries == [entry(2, .unknownKey), entry(2, .invalidPort)])
    }

    @Test("comments at the beginning expect codes anywhere, or nowhere")
    func leading() throws {
        let text = "# expect-at: 4 CASA1006\n# expect-at: 0 CASA1015\na: b\n"
        #expect(try expected(text).entries == [entry(0, .noDocuments), entry(4, .tabIndentation)])
    }

    @Test("what is not said and what is not expected are both differences")
    func differences() throws {
        let text = "a: b  # expect: CASA1001\nc: d\n"
        let expected = try expected(text)
        #expect(expected.differences(from: [try diagnostic(.unknownKey, "a", in: text)]).isEmpty)
        #expect(expected.differences(from: []).count == 1)
        #expect(expected.differences(from: [try diagnostic(.unknownKey, "c: d", in: text)]).count == 2)
        #expect(expected.differences(from: [try diagnostic(.wrongType, "a", in: text)]).count == 2)
        let twice = [try diagnostic(.unknownKey, "a", in: text), try diagnostic(.unknownKey, "b", in: text)]
        #expect(expected.differences(from: twice).count == 1)
    }

    @Test("an ignored code is neither expected nor surprising")
    func ignored() throws {
        let text = "# ignore: CASA3003\na: b\n"
        #expect(
            try expected(text).differences(from: [try diagnostic(.workloadWithoutPolicy, "a", in: text)])
                .isEmpty)
        #expect(
            try expected(text).differences(from: [try diagnostic(.emptyPolicy, "a", in: text)]).count == 1)
    }

    @Test(
        "a marker that cannot be read is an error",
        arguments: [
            "a: b  # expect: CASA9999", "a: b  # expect: ", "a: b  # expect: unknown-key",
            "a: b  # expect: CASA1001,",
            "a: b\n# expect-at: 1 CASA1006", "# expect-at: CASA1006", "# expect-at: one CASA1006",
            "a: b\n# ignore: CASA3003", "# ignore: everything",
        ])
    func unreadable(text: String) {
        #expect(throws: ExpectedDiagnostics.MarkerError.self) { try expected(text) }
    }
}
