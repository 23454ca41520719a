import CasaDiagnostics
import Testing

/// Inputs that would be too large for a folder of examples.
@Suite("Inputs that are too much")
struct LimitTests {
    /// The codes that only these inputs produce.
    static let codes: [DiagnosticCode] = [.inputTooLarge, .nestedTooDeep, .aliasBomb]

    @Test("a file of more than 8 MiB is refused unread")
    func tooLarge() {
        let comment = "# " + String(repeating: "x", count: 126) + "\n"
        let text = String(repeating: comment, count: 8 << 13) + "kind: Pod\n"
        #expect(Compiled(text).codes == [.inputTooLarge])
    }

    @Test("a file of more than a million values is refused")
    func tooManyValues() {
        let text = "[" + String(repeating: "1,", count: 1_000_001) + "]"
        #expect(Compiled(text).codes == [.inputTooLarge])
    }

    @Test("collections nest 64 deep, and no deeper", arguments: [64, 65, 100_000])
    func depth(levels: Int) {
        let text = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        #expect(Compiled(text).codes.contains(.nestedTooDeep) == (levels > 64))
    }

    @Test("aliases that stand for billions of values are refused at the first that goes too far")
    func aliasBomb() throws {
        var lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        for level in 1...9 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            lines.append("a\(level): &a\(level) [\(aliases)]")
        }
        let compiled = Compiled(lines.joined(separator: "\n"))
        #expect(compiled.codes == [.aliasBomb])
        #expect(compiled.diagnostics.first?.primary?.start.line == 4)
    }

    @Test("UTF-16 is named as what it is", arguments: [[0xFF, 0xFE], [0xFE, 0xFF]] as [[UInt8]])
    func utf16(mark: [UInt8]) {
        let compiled = Compiled([SourceFile(name: "test.yaml", bytes: mark + Array("a: b".utf8))])
        #expect(compiled.codes == [.notUTF8])
        #expect(compiled.diagnostics.first?.message == "the file is UTF-16 text")
    }

    @Test("one broken file does not hide what is wrong with the next")
    func everyFileIsRead() {
        let files = ["[", "a: [1, 2", "kind: {{ .Values.kind }}"].enumerated().map {
            SourceFile(name: "\($0.offset).yaml", text: $0.element)
        }
        #expect(Compiled(files).codes == [.invalidYAML, .invalidYAML, .unrenderedTemplate])
    }

    @Test("no sources at all are no documents")
    func noSources() {
        #expect(Compiled([]).codes == [.noDocuments])
    }
}
