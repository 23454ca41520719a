import CasaDiagnostics
import CasaYAML
import Testing

@Suite("Streams as tools write them are read")
struct StreamTests {
    @Test("what Helm renders reads fine, its empty documents dropped")
    func helmOutput() throws {
        let text = """
            ---
            # Source: chart/templates/policy.yaml
            apiVersion: casa.io/v1
            kind: CASAPolicy
            ---
            # Source: chart/templates/empty.yaml
            ---
            ---
            # Source: chart/templates/dashboard.yaml
            kind: ConfigMap
            data:
              text: |
                {{ pod }} and {{- more }}
                {{ at the beginning }}
              quoted: "{{ pod }}"
              inside: a-{{ pod }}
            ...
            ---
            """.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
        let reading = Reading(text)
        #expect(reading.diagnostics.isEmpty)
        let documents = try #require(reading.documents)
        #expect(documents.map { $0.root["kind"]?.scalar?.text } == ["CASAPolicy", "ConfigMap"])
        #expect(documents.last?.root["data"]?["inside"]?.scalar?.text == "a-{{ pod }}")
    }

    @Test(
        "a stream without a document has none",
        arguments: [
            "", "\n\n", "# only a comment\n", "---\n", "---\n---\n...\n", "\u{FEFF}",
        ])
    func empty(text: String) {
        let reading = Reading(text)
        #expect(reading.diagnostics.isEmpty)
        #expect(reading.documents?.isEmpty == true)
    }

    @Test("a document that says null is a document")
    func null() {
        #expect(Reading("--- ~\n").root?.scalar?.isNull == true)
    }

    @Test("JSON reads, tabs and all")
    func json() throws {
        let text =
            "{\n\t\"kind\": \"List\",\n\t\"items\": [\n\t\t{\"port\": 80, \"s\": \"a\\/\\u00e9\\n\"},\n\t\tnull, true\n\t]\n}\n"
        let reading = Reading(text)
        #expect(reading.diagnostics.isEmpty)
        let items = try #require(reading.root?["items"]?.sequence)
        #expect(items[0]["port"]?.scalar?.integer == 80)
        #expect(items[0]["s"]?.scalar == YAMLScalar(text: "a/é\n", isPlain: false))
        #expect(items[1].scalar?.isNull == true)
        #expect(items[2].scalar?.boolean == true)
        #expect(items[0].origin.text == "{\"port\": 80, \"s\": \"a\\/\\u00e9\\n\"}")
    }

    @Test("a key written twice is reported, and both entries stay")
    func duplicates() throws {
        let reading = Reading("a: 1\nb: 2\n\"a\": 3\na: 4\n")
        #expect(reading.diagnostics.map(\.code) == [.duplicateKey, .duplicateKey])
        let first = try #require(reading.diagnostics.first)
        #expect(first.message == "key `a` is written twice")
        #expect(first.labels.map(\.range.bytes) == [10..<13, 0..<1])
        #expect(reading.root?.mapping?.count == 4)
        #expect(reading.root?["a"]?.scalar?.text == "1")
    }

    @Test("the same key in neighbours and in children is no duplicate")
    func noDuplicates() {
        #expect(Reading("- a: {a: 1}\n- a: [{a: 1}, {a: 1}]\n").diagnostics.isEmpty)
    }

    @Test("a file of mistakes is left after a hundred")
    func mistakeLimit() {
        let reading = Reading(String(repeating: "a: 1\n", count: 5000))
        #expect(reading.diagnostics.count == 100)
        #expect(reading.documents == nil)
    }
}
