import CasaDiagnostics
import Testing

@Suite("Positions are computed from bytes, once")
struct SourceTests {
    @Test(
        "lines and columns count from one, columns in Unicode scalars",
        arguments: [
            (0, 1, 1), (1, 1, 2), (3, 1, 3), (4, 1, 4), (5, 2, 1), (8, 2, 2), (9, 2, 3), (11, 3, 1),
            (500, 3, 1), (-5, 1, 1),
        ])
    func positions(offset: Int, line: Int, column: Int) {
        let file = SourceFile(name: "a", text: "aéb\n漢\r\n")
        #expect(file.position(of: offset) == SourcePosition(line: line, column: column))
    }

    @Test("a line ends before its line break")
    func lines() {
        let file = SourceFile(name: "a", text: "one\r\n\ntwo")
        #expect((1...file.lineCount).map { file.text(file.byteRange(ofLine: $0)) } == ["one", "", "two"])
    }

    @Test("a byte-order mark is no part of the first line")
    func byteOrderMark() {
        let file = SourceFile(name: "a", text: "\u{FEFF}ab\n")
        #expect(file.byteRange(ofLine: 1) == 3..<5)
        #expect(file.position(of: 0) == SourcePosition(line: 1, column: 1))
        #expect(file.position(of: 4) == SourcePosition(line: 1, column: 2))
    }

    @Test("where a value was written is no part of what it is")
    func traced() {
        let file = SourceFile(name: "a", text: "x x")
        let first = Traced("x", at: SourceRange(file: file, bytes: 0..<1))
        let second = Traced("x", at: SourceRange(file: file, bytes: 2..<3))
        #expect(first == second)
        #expect(Set([first, second]).count == 1)
        #expect(first.origin != second.origin)
    }
}
