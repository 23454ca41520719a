import CasaDiagnostics
import Testing

@Suite("One mistake is one diagnostic at the smallest place")
struct ComplaintTests {
    @Test(
        "what is not YAML is refused where it goes wrong",
        arguments: [
            ("a: 1\n⟦foo⟧\nb: 2\n", "missing `:` after a key"),
            ("a: b⟦:⟧ c\n", "a key is not allowed here"),
            ("a: b\n  c⟦:⟧ d\n", "a key is not allowed here"),
            ("a: ⟦-⟧ b\n", "a list entry is not allowed here"),
            ("a: b\n- ⟦-⟧ c\n", nil),
            ("a: ⟦@⟧b\n", "a value cannot begin with `@`"),
            ("a: ⟦`⟧b\n", "a value cannot begin with ```"),
            ("a: ⟦\"⟧open\nb: 1\n", "a quoted text is not closed"),
            ("a: ⟦'⟧open\n---\nb: 1\n", "a quoted text is not closed"),
            ("a: \"x⟦\\q⟧\"\n", "unknown escape `\\q`"),
            ("é: \"x⟦\\x⟧4\"\n", "escape without enough hexadecimal digits"),
            ("a: \"⟦\\u⟧d800\"\n", "escape of a character that does not exist"),
            ("a: |⟦0⟧\n  x\n", "indentation indicator is 0"),
            ("a: | ⟦text⟧ more\n", "text behind the beginning of a block scalar"),
            ("a: ⟦&⟧ b\n", "`&` without a name"),
            ("a: ⟦*⟧\n", "`*` without a name"),
            ("a: 1\n⟦%foo bar⟧\n", nil),
            ("⟦%foo bar⟧\n---\na: 1\n", "not a directive of YAML"),
            ("a: ⟦!x!y⟧ z\n", "tag with an undeclared prefix"),
            ("a: ⟦!<x⟧ z\n", "not a tag"),
            ("a: \"b\" ⟦c⟧\n", "text behind the end of a value"),
            ("⟦:⟧ a\n", "missing key"),
            ("a: {⟦:⟧ b}\n", "missing key"),
            ("a:\n    b: 1\n  ⟦c:⟧ 2\n", "the indentation matches no level above"),
            ("- a\n⟦b:⟧ 1\n", "expected a list entry"),
            ("a:\n    - b: 1\n      c: 2\n     ⟦d:⟧ 3\n", "the indentation matches no level above"),
            ("a: 1\n⟦-⟧ b\n", "expected a key"),
            ("a: [1, 2⟦}⟧\n", "expected `,` or `]`"),
            ("a: {b: 1 ⟦]⟧\n", "expected `,` or `}`"),
            ("a: ⟦[⟧1, 2\n", "`[` is not closed"),
            ("⟦{⟧\"a\": 1,\n", nil),
            ("{\"a\": 1\n ⟦\"b\":⟧ 2}\n", "expected `,` or `}`"),
            ("{\n\t\"a\": 1\n\t⟦\"b\":⟧ 2\n}\n", "expected `,` or `}`"),
            ("a: ⟦]⟧\n", "expected a value, found `]`"),
            ("a: [b, ⟦,⟧ c]\n", "expected a value, found `,`"),
            ("{a: 1} ⟦x⟧\n", "text behind the end of the document"),
            ("a: x⟦\u{7}⟧y\n", "character U+0007 is not allowed in YAML"),
            ("é: 漢⟦\u{1B}⟧[31m\n", "character U+001B is not allowed in YAML"),
            ("a: ⟦\u{FFFE}⟧\n", "character U+FFFE is not allowed in YAML"),
            ("a: ⟦*nobody⟧\n", "alias `*nobody` has no anchor"),
            ("a: &a\n  b: ⟦*a⟧\n", "alias `*a` stands inside its own anchor"),
            ("⟦<<⟧: {a: 1}\nb: 2\n", "merge keys are not supported"),
            ("a: &a {x: 1}\nb:\n  ⟦<<⟧: *a\n  y: 2\n", "merge keys are not supported"),
            ("? ⟦[a, b]⟧\n: c\n", "a list cannot be a key"),
            ("⟦{a: b}⟧: c\n", "a mapping cannot be a key"),
            ("a: &a [1]\n⟦*a⟧ : c\n", "a list cannot be a key"),
            ("a: ⟦!custom⟧ b\n", "unknown tag `!custom`"),
            ("a: ⟦!!binary⟧ aGk=\n", "unknown tag `!!binary`"),
            ("a: &x ⟦!!set⟧ {b}\n", "unknown tag `!!set`"),
            ("a: ⟦!!int⟧ b\n", "`b` is not what the tag `!!int` says"),
            ("a: ⟦!!seq⟧ {b: c}\n", "a mapping is not what the tag `!!seq` says"),
            ("a: ⟦!!str⟧ [b]\n", "a list is not what the tag `!!str` says"),
        ])
    func invalidYAML(marked: String, message: String?) throws {
        let expected = Marked(marked)
        let reading = Reading(expected.text)
        guard let message else {
            // Whatever is said, it is one thing, and it is said of a place in the file.
            #expect(reading.diagnostics.count <= 1)
            return
        }
        try #require(reading.diagnostics.count == 1)
        let diagnostic = reading.diagnostics[0]
        #expect(diagnostic.code == .invalidYAML)
        #expect(diagnostic.message == message)
        #expect(diagnostic.primary?.bytes == expected.range, "\(diagnostic.primary?.text ?? "nowhere")")
        #expect(diagnostic.notes.contains { if case .help = $0 { true } else { false } })
        #expect(reading.documents == nil)
    }

    @Test(
        "tabs as indentation are called by their name",
        arguments: [
            "a:\n⟦\t⟧b: 1\n", "a:\n  b: 1\n  ⟦\t⟧c: 2\n", "a: 1\n⟦\t\t⟧b: 2\n", "a:\n  b: 1\n    ⟦\t⟧c: 2\n",
            "⟦\t⟧a: 1\n",
            "a:\n- b: 1\n⟦\t⟧- c\n", "a: |\n⟦\t⟧text\n", "a:\n  -⟦\t⟧b\n", "a:\r\n⟦\t⟧b: 1\r\n",
            "é:\n⟦\t⟧b: 1\n",
        ])
    func tabs(marked: String) throws {
        let expected = Marked(marked)
        let reading = Reading(expected.text)
        try #require(reading.diagnostics.count == 1)
        #expect(reading.diagnostics[0].code == .tabIndentation)
        #expect(reading.diagnostics[0].primary?.bytes == expected.range)
        #expect(reading.diagnostics[0].notes == [.help("indent with spaces")])
    }

    @Test(
        "tabs that are no indentation are fine",
        arguments: [
            "a:\tb\n", "a: b\t# comment\n", "a: [\n\t1,\n\t2\n  ]\n", "a: \"x\n\ty\"\n",
            "a: |\n  x\n  \ttext\n",
            "a: b\n  \tc\n",
        ])
    func harmlessTabs(text: String) {
        #expect(Reading(text).diagnostics.isEmpty)
    }

    @Test(
        "a Helm template is recognised wherever a value or a line begins",
        arguments: [
            "⟦{{- if .Values.policy }}⟧\nkind: CASAPolicy\n⟦{{- end }}⟧\n",
            "port: ⟦{{ .Values.port }}⟧\n",
            "- ⟦{{ .Values.port }}⟧\n",
            "image: ⟦{{ .Values.repository }}⟧:{{ .Values.tag }}\n",
            "labels:\n  ⟦{{- include \"labels\" . | nindent 4 }}⟧\nspec: 1\n",
            "name: ⟦{{ .Release.Name | quote }}⟧-x\n",
            "a: 1\n⟦{{/* a comment: with `this` */}}⟧\n",
            "a: [⟦{{ .Values.x }}⟧]\n",
            "⟦{{/*⟧\na comment # of `many` lines\n*/}}\n",
            "a: ⟦{{ `raw` }}⟧\n",
            "metadata:\n  name: x\nspec:\n  {{ toYaml .Values.spec | nindent 2 }}\n",
        ])
    func templates(marked: String) throws {
        let expected = Marked(marked)
        let text = expected.text.replacing("⟦", with: "").replacing("⟧", with: "")
        let reading = Reading(text)
        try #require(reading.diagnostics.count == 1)
        let diagnostic = reading.diagnostics[0]
        #expect(diagnostic.code == .unrenderedTemplate)
        #expect(diagnostic.message == "this is a Helm template, not its output")
        #expect(diagnostic.notes == [.help("render it first: helm template CHART | casa check -")])
        if marked.contains("⟦") { #expect(diagnostic.primary?.bytes == expected.range) }
    }

    @Test("text that is not UTF-8 is refused at its first bad byte")
    func encoding() throws {
        let latin = Reading(Array("name: caf".utf8) + [0xE9] + Array("\n".utf8))
        #expect(latin.diagnostics.map(\.code) == [.notUTF8])
        #expect(latin.diagnostics.first?.primary?.bytes == 9..<10)
        #expect(latin.diagnostics.first?.notes.first == .note("the first bad byte is at offset 9"))
        for bad: [UInt8] in [
            [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80], [0xE6, 0xBC],
        ] {
            let reading = Reading(Array("é: ".utf8) + bad)
            #expect(reading.diagnostics.map(\.code) == [.notUTF8])
            #expect(reading.diagnostics.first?.primary?.bytes.lowerBound == 4)
        }
        for mark: [UInt8] in [[0xFF, 0xFE], [0xFE, 0xFF]] {
            let reading = Reading(mark + [0x61, 0, 0x3A, 0])
            #expect(reading.diagnostics.map(\.message) == ["the file is UTF-16 text"])
            #expect(reading.diagnostics.first?.primary?.bytes == 0..<2)
        }
    }
}
