import CasaDiagnostics
import Testing

@Suite("Reports for people")
struct HumanRenderingTests {
    @Test("a whole report looks as the house style says")
    func report() {
        let text = Rendering(format: .human, width: 100, colour: false)
            .text([Example.unknownKey, Example.shadowed, Example.placeless])
        #expect(
            text == """
                error[CASA1001]: unknown key `alow`
                  ┌─ policies/payments.yaml:7:5
                6 │   - name: payouts
                7 │     alow: [transfer]
                  │     ^^^^ not a key of a rule
                  = help: did you mean `allow`?

                warning[CASA3004]: rule `audit-all` never decides anything
                   ┌─ policies/payments.yaml:12:5
                 8 │   - name: deny-external
                   │     ------------------- this rule already decides every request the one below matches
                12 │   - name: audit-all
                   │     ^^^^^^^^^^^^^^^ shadowed
                   = note: proved; no request reaches this rule

                error[CASA6003]: loading needs the capability CAP_BPF
                  = help: run it as root
                          or give it the capability

                2 errors, 1 warning

                """)
    }

    @Test("nothing to say is said with nothing")
    func silence() {
        #expect(Rendering(format: .human).text([]).isEmpty)
    }

    @Test(
        "the summary counts what there is",
        arguments: [
            ([Severity.error], "1 error"), ([.warning, .warning], "2 warnings"),
            ([.info, .error, .warning, .error], "2 errors, 1 warning, 1 info"),
        ])
    func summary(severities: [Severity], expected: String) {
        let diagnostics = severities.map { Diagnostic(.unknownKey, $0, at: nil, "x") }
        #expect(Rendering(format: .human).text(diagnostics).hasSuffix("\n\n\(expected)\n"))
    }

    @Test("a long range is marked at its two ends")
    func severalLines() {
        let start = Example.range(of: "rules:").bytes.lowerBound
        let end = Example.range(of: "deny-external").bytes.upperBound
        let range = SourceRange(file: Example.file, bytes: start..<end)
        #expect(
            human(Diagnostic(.missingKey, at: range, "missing key", label: "nothing in here")) == """
                error[CASA1003]: missing key
                  ┌─ policies/payments.yaml:5:3
                4 │ spec:
                5 │   rules:
                  │   ^^^^^^
                  ⋮
                8 │   - name: deny-external
                  │   ^^^^^^^^^^^^^^^^^^^^^ nothing in here
                """)
    }

    @Test("every file has a header of its own")
    func severalFiles() {
        let other = SourceFile(name: "systems.yaml", text: "kind: MultiAgentSystem\nname: payments\n")
        let diagnostic = Diagnostic(
            .duplicateResource, at: Example.range(of: "name: payments"),
            "two resources are called `payments`",
            label: "called again"
        )
        .also(Example.range(of: "payments", in: other), "called so here")
        #expect(
            human(diagnostic) == """
                error[CASA2008]: two resources are called `payments`
                  ┌─ policies/payments.yaml:3:3
                2 │ metadata:
                3 │   name: payments
                  │   ^^^^^^^^^^^^^^ called again
                  ┌─ systems.yaml:2:7
                2 │ name: payments
                  │       -------- called so here
                """)
    }

    @Test("two labels on one line are drawn one under the other, the primary one first")
    func sharedLine() {
        let file = SourceFile(name: "a.yaml", text: "{a: 1, a: 2}")
        let diagnostic = Diagnostic(
            .duplicateKey, at: SourceRange(file: file, bytes: 7..<8), "key `a` is written twice",
            label: "again"
        )
        .also(SourceRange(file: file, bytes: 1..<2), "first")
        #expect(
            human(diagnostic) == """
                error[CASA1004]: key `a` is written twice
                  ┌─ a.yaml:1:8
                1 │ {a: 1, a: 2}
                  │        ^ again
                  │  - first
                """)
    }

    @Test("tabs and wide characters do not shift the marks")
    func widths() {
        let file = SourceFile(name: "a.yaml", text: "漢字:\t\"e\u{301}🎉\" x\n")
        #expect(
            human(Diagnostic(.wrongType, at: Example.range(of: "x", in: file), "odd", label: "here")) == """
                error[CASA1002]: odd
                  ┌─ a.yaml:1:11
                1 │ 漢字:   "e\u{301}🎉" x
                  │               ^ here
                """)
        let wide = human(Diagnostic(.wrongType, at: Example.range(of: "字", in: file), "odd"))
        #expect(wide.hasSuffix("  │   ^^"))
    }

    @Test("an empty place is one mark, also behind the end of a line and of a file")
    func emptyPlaces() {
        let file = SourceFile(name: "a.yaml", text: "port:\n")
        let behindColon = Diagnostic(
            .wrongType, at: SourceRange(file: file, bytes: 5..<5), "odd", label: "nothing")
        #expect(human(behindColon).hasSuffix("1 │ port:\n  │      ^ nothing"))
        let end = Diagnostic(.wrongType, at: SourceRange(file: file, bytes: 6..<6), "odd", label: "end")
        #expect(human(end).hasSuffix("  ┌─ a.yaml:2:1\n2 │\n  │ ^ end"))
    }

    @Test("long lines are cut to the terminal around what matters")
    func longLines() {
        let file = SourceFile(
            name: "a.json",
            text: String(repeating: "0123456789", count: 5) + "HERE"
                + String(repeating: "abcdefghij", count: 5))
        let diagnostic = Diagnostic(.wrongType, at: Example.range(of: "HERE", in: file), "odd", label: "x")
        #expect(
            human(diagnostic, width: 34) == """
                error[CASA1002]: odd
                  ┌─ a.json:1:51
                1 │ …3456789HEREabcdefghijabcdefg…
                  │         ^^^^ x
                """)
        let start = Diagnostic(.wrongType, at: Example.range(of: "012", in: file), "odd")
        #expect(human(start, width: 34).hasSuffix("1 │ 01234567890123456789012345678…\n  │ ^^^"))
        let tail = Diagnostic(
            .wrongType, at: Example.range(of: "hijabcdefghijabcdefghijabcdefghij", in: file), "odd")
        for row in human(tail, width: 34).split(separator: "\n").dropFirst(2) { #expect(row.count <= 34) }
    }

    @Test("a line of megabytes costs no more than a window")
    func endlessLine() {
        let filler = String(repeating: "漢x", count: 1 << 20)
        let file = SourceFile(name: "a.json", text: filler + "HERE" + filler)
        let offset = filler.utf8.count
        let range = SourceRange(file: file, bytes: offset..<offset + 4)
        let text = human(Diagnostic(.wrongType, at: range, "odd", label: "x"))
        #expect(text.contains("HERE"))
        #expect(text.utf8.count < 2000)
        let marks = text.split(separator: "\n").suffix(2).map { $0.dropFirst(4) }
        let before = marks[0].prefix { $0 != "H" }.unicodeScalars.reduce(0) { $0 + ($1 == "漢" ? 2 : 1) }
        #expect(marks[1].prefix { $0 == " " }.count == before)
    }

    @Test("nothing in the input reaches the terminal as a command")
    func escapes() {
        let file = SourceFile(
            name: "a\u{1B}]0;x\u{7}.yaml", text: "key: \u{1B}[31mred\u{9B}0m\u{202E}x\u{200B}\r\rend\n")
        let diagnostic = Diagnostic(
            .unknownKey, at: Example.range(of: "red", in: file), "unknown key `\u{1B}[2J\n`",
            label: "\u{8}bell\u{7}"
        )
        .help("did you mean\n`\u{1B}c`?")
        for format in Format.allCases {
            let text = Rendering(format: format, width: 80, colour: false).text([diagnostic])
            let allowed = text.unicodeScalars.allSatisfy { scalar in
                scalar == "\n" || (scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value))
            }
            #expect(allowed)
            #expect(!text.unicodeScalars.contains { $0.properties.isBidiControl || $0 == "\u{200B}" })
        }
        #expect(
            human(diagnostic, width: 80) == """
                error[CASA1001]: unknown key `\\u{1b}[2J\\n`
                  ┌─ a\\u{1b}]0;x\\u{7}.yaml:1:11
                1 │ key: \\u{1b}[31mred\\u{9b}0m\\u{202e}x\\u{200b}\\r\\rend
                  │                ^^^ \\u{8}bell\\u{7}
                  = help: did you mean
                          `\\u{1b}c`?
                """)
    }

    @Test("bytes that are no text are shown as one character each sequence")
    func brokenText() {
        let file = SourceFile(name: "a.yaml", bytes: [0x61, 0xC3, 0x28, 0x62])
        let diagnostic = Diagnostic(.notUTF8, at: SourceRange(file: file, bytes: 2..<3), "not text")
        #expect(human(diagnostic).hasSuffix("1 │ a\u{FFFD}(b\n  │   ^"))
    }

    @Test("colour changes nothing but colour")
    func colour() {
        let diagnostics = [Example.unknownKey, Example.shadowed, Example.placeless]
        let coloured = Rendering(format: .human, width: 100, colour: true).text(diagnostics)
        #expect(
            coloured.hasPrefix("\u{1B}[1;31merror[CASA1001]\u{1B}[0m\u{1B}[1m: unknown key `alow`\u{1B}[0m\n")
        )
        #expect(coloured.contains("\u{1B}[1;33m^^^^^^^^^^^^^^^ shadowed\u{1B}[0m"))
        let bare = coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "")
        #expect(bare == Rendering(format: .human, width: 100, colour: false).text(diagnostics))
    }
}
