import CasaDiagnostics

/// Finds Helm templates where their output was expected.
///
/// `{{` inside of quotes, block scalars and longer plain texts is ordinary text: dashboards and workflows are
/// full of it. Where a value or a line begins it cannot be YAML that anyone meant.
struct TemplateRule {
    let file: SourceFile

    /// The diagnostic for a flow collection that begins with two braces.
    func template(at offset: Int) -> Diagnostic? {
        guard isOpening(offset, before: file.bytes.count) else { return nil }
        return diagnostic(at: offset)
    }

    /// The diagnostic for the first template at a value's place within some bytes.
    func template(within bytes: Range<Int>) -> Diagnostic? {
        let found = bytes.first { isOpening($0, before: bytes.upperBound) && standsAtValue($0) }
        return found.map { diagnostic(at: $0) }
    }

    private func isOpening(_ offset: Int, before end: Int) -> Bool {
        let brace = UInt8(ascii: "{")
        return offset + 1 < end && file.bytes[offset] == brace && file.bytes[offset + 1] == brace
    }

    /// Whether only an indicator, or nothing, precedes the offset on its line.
    private func standsAtValue(_ offset: Int) -> Bool {
        var before = offset
        while before > 0, file.bytes[before - 1].isBlank { before -= 1 }
        guard before > 0 else { return true }
        switch file.bytes[before - 1] {
        case UInt8(ascii: "\n"), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ","): return true
        case UInt8(ascii: ":"), UInt8(ascii: "-"): return before < offset
        default: return false
        }
    }

    private func diagnostic(at start: Int) -> Diagnostic {
        let line = file.byteRange(ofLine: file.position(of: start).line)
        let close = (start..<max(start, line.upperBound - 1)).first {
            file.bytes[$0] == UInt8(ascii: "}") && file.bytes[$0 + 1] == UInt8(ascii: "}")
        }
        let end = close.map { $0 + 2 } ?? line.upperBound
        return Diagnostic(
            .unrenderedTemplate, at: SourceRange(file: file, bytes: start..<end),
            "this is a Helm template, not its output", label: "filled in by Helm"
        )
        .help("render it first: helm template CHART | casa check -")
    }
}
