import CasaDiagnostics

/// What must be so before a file may be given to libyaml.
struct TextCheck {
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    /// libyaml compares every `%TAG` line with all before it; no manifest has even one.
    private static let directiveLimit = 64

    let file: SourceFile
    let limits: YAMLLimits

    /// The bytes to parse: the file without its byte-order mark.
    func content() throws(Refusal) -> Range<Int> {
        let bytes = file.bytes
        guard bytes.count <= limits.bytes else { throw Refusal(tooLarge) }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { throw Refusal(utf16) }
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw Refusal(notUTF8(error.byteOffsets))
        }
        let content = (bytes.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0)..<bytes.count
        try checkDirectives(content)
        return content
    }

    private func checkDirectives(_ content: Range<Int>) throws(Refusal) {
        let marker = Array("%TAG".utf8)
        var found = 0
        var offset = content.lowerBound
        while let next = file.bytes[offset..<content.upperBound].firstIndex(of: UInt8(ascii: "%")) {
            offset = next + 1
            guard beginsLine(next, content), file.bytes[next...].starts(with: marker) else { continue }
            found += 1
            guard found > Self.directiveLimit else { continue }
            let range = SourceRange(file: file, bytes: next..<next + marker.count)
            let message = "more than \(Self.directiveLimit) `%TAG` directives"
            throw Refusal(
                Diagnostic(.invalidYAML, at: range, message, label: "one too many")
                    .help("remove them; CASA's documents have no tags of their own"))
        }
    }

    /// Whether a line may begin here: YAML 1.1 breaks lines at some characters beyond ASCII too.
    private func beginsLine(_ offset: Int, _ content: Range<Int>) -> Bool {
        guard offset > content.lowerBound else { return true }
        return !(0x20...0x7E).contains(file.bytes[offset - 1]) && file.bytes[offset - 1] != UInt8(ascii: "\t")
    }

    private var start: SourceRange { SourceRange(file: file, bytes: 0..<0) }

    private var tooLarge: Diagnostic {
        Diagnostic(.inputTooLarge, at: start, "the file is larger than \(limits.bytes) bytes")
            .note("it has \(file.bytes.count) bytes")
            .help("split it, or name only the files that hold manifests")
    }

    private var utf16: Diagnostic {
        Diagnostic(
            .notUTF8, at: SourceRange(file: file, bytes: 0..<2), "the file is UTF-16 text",
            label: "the byte-order mark of UTF-16"
        )
        .help("save it as UTF-8")
    }

    private func notUTF8(_ range: Range<Int>) -> Diagnostic {
        Diagnostic(
            .notUTF8, at: SourceRange(file: file, bytes: range), "the file is not UTF-8 text",
            label: "not the encoding of a character"
        )
        .note("the first bad byte is at offset \(range.lowerBound)")
        .help("save it as UTF-8")
    }
}
