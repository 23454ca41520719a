import CasaDiagnostics
import CasaYAML
import Testing

@Suite("Every key and value knows its exact bytes")
struct RangeTests {
    @Test(
        "a scalar's range is what was written, in every style",
        arguments: [
            ("a: plain text  \nb: 1\n", "plain text"),
            ("a: plain\n  over lines   \n\n\nb: 1\n", "plain\n  over lines"),
            ("a: 'single ''quoted'''  # comment\nb: 1\n", "'single ''quoted'''"),
            ("a: \"double \\\" quoted\"\nb: 1\n", "\"double \\\" quoted\""),
            ("a: |\n  one\n\n  two\n\n\nb: 1\n", "|\n  one\n\n  two"),
            ("a: |+\n  kept\n\nb: 1\n", "|+\n  kept"),
            ("a: >-  # comment\n  folded\n  text\n# comment\nb: 1\n", ">-  # comment\n  folded\n  text"),
            ("a: |2-\nb: 1\n", "|2-"),
            ("a: |  # nothing\n\nb: 1\n", "|"),
            ("a: [1,  {x: y} ]  \nb: 1\n", "[1,  {x: y} ]"),
            ("a: {\n  x: 1,\n}\nb: 1\n", "{\n  x: 1,\n}"),
            ("a:\n  x: 1\n  y:\n  - 2\n\n\n# comment\nb: 1\n", "x: 1\n  y:\n  - 2"),
            ("a:\n- 1\n-\n\nb: 1\n", "- 1\n-"),
            ("a:\nb: 1\n", ""),
            ("a: &x value\nb: 1\n", "value"),
            ("a: !!str &x value\nb: 1\n", "value"),
            ("a: &x # comment\n  k: v\nb: 1\n", "k: v"),
            ("a: &x [1]\nb: 1\n", "[1]"),
            ("a: &x\nb: 1\n", "&x"),
            ("a: &x |\n  text\nb: *x\n", "|\n  text"),
        ])
    func valueRange(text: String, expected: String) throws {
        let reading = Reading(text)
        #expect(reading.diagnostics.isEmpty)
        let value = try #require(reading.root?["a"])
        #expect(value.origin.text == expected)
    }

    @Test("ranges are bytes, whatever characters stand before them")
    func multiByte() throws {
        let reading = Reading("# é 漢字 🎉\n\"ключ 🎉\": 'значение 漢'\nnext: [é, 漢, 🎉]\n")
        #expect(
            reading.pieces == [
                "\"ключ 🎉\": 'значение 漢'\nnext: [é, 漢, 🎉]", "\"ключ 🎉\"", "'значение 漢'", "next",
                "[é, 漢, 🎉]",
                "é", "漢", "🎉",
            ])
    }

    @Test("ranges hold across thousands of characters of different widths")
    func longMultiByte() throws {
        let lines = (0..<2000).map { "key\($0)é: \"\(String(repeating: "漢🎉a", count: $0 % 7))\"\n" }
        let entries = try #require(Reading(lines.joined()).root?.mapping)
        #expect(entries.count == 2000)
        for (index, entry) in entries.enumerated() {
            #expect(entry.key.origin.text == "key\(index)é")
            #expect(entry.value.origin.text == "\"\(String(repeating: "漢🎉a", count: index % 7))\"")
        }
    }

    @Test("carriage returns belong to no range")
    func carriageReturns() {
        let reading = Reading("a: 1\r\nb: |\r\n  text\r\n\r\nc:\r\n- é\r\n- x\r\n")
        #expect(reading.diagnostics.isEmpty)
        #expect(
            reading.pieces == [
                "a: 1\r\nb: |\r\n  text\r\n\r\nc:\r\n- é\r\n- x", "a", "1", "b", "|\r\n  text", "c",
                "- é\r\n- x", "é", "x",
            ])
        #expect(reading.root?["b"]?.scalar?.text == "text\n")
    }

    @Test("a byte-order mark is no column")
    func byteOrderMark() throws {
        let reading = Reading("\u{FEFF}naïve: ok\n")
        let entry = try #require(reading.root?.mapping?.first)
        #expect(entry.key.origin.text == "naïve")
        #expect(entry.key.origin.bytes == 3..<9)
        #expect(entry.key.origin.start == SourcePosition(line: 1, column: 1))
        #expect(entry.value.origin.start == SourcePosition(line: 1, column: 8))
    }

    @Test(
        "missing values stand right behind what precedes them",
        arguments: [
            ("{a, b: 1}", 2), ("{a:   }", 3), ("[a: ]", 3), ("{a:\n\n}", 3), ("? a\n\n? b\n", 3),
            ("a: \n\nb: 1", 2),
        ])
    func missingValues(text: String, offset: Int) throws {
        let root = try #require(Reading(text).root)
        let mapping = try #require(root.mapping ?? root.sequence?.first?.mapping)
        #expect(mapping[0].value.origin.bytes == offset..<offset)
        #expect(mapping[0].value.scalar?.isNull == true)
    }

    @Test("a single pair in a list ends with its value")
    func singlePair() {
        let reading = Reading("[a: b  , c: [d] ]")
        #expect(reading.pieces == ["[a: b  , c: [d] ]", "a: b", "a", "b", "c: [d]", "c", "[d]", "d"])
    }

    @Test("an aliased value stands at the alias, its parts where they are written")
    func alias() throws {
        let reading = Reading("a: &x\n  k: v\nb: *x\n")
        let aliased = try #require(reading.root?["b"])
        #expect(aliased.origin.text == "*x")
        #expect(aliased["k"]?.origin.bytes == 11..<12)
    }

    @Test("the later of two anchors with one name counts, within its document only")
    func anchors() {
        let reading = Reading("- &x 1\n- &x 2\n- *x\n")
        #expect(reading.root?.sequence?.last?.scalar?.text == "2")
        #expect(Reading("a: &x 1\n---\nb: *x\n").diagnostics.map(\.code) == [.invalidYAML])
    }
}
