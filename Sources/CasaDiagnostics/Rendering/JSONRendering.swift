/// Diagnostics for programs: one JSON value on one line, keys sorted; `spec/cli.md` has the grammar.
///
/// Written by hand because its bytes are a promise: the same diagnostics give the same text with every version
/// of every library.
struct JSONRendering {
    private static let version = 1

    func text(_ diagnostics: [Diagnostic]) -> String {
        let items = array(diagnostics.map(value))
        return object([("diagnostics", items), ("version", String(Self.version))]) + "\n"
    }

    private func value(_ diagnostic: Diagnostic) -> String {
        let labels = diagnostic.labels.enumerated().map { value($0.element, isPrimary: $0.offset == 0) }
        let notes = diagnostic.notes.map { object([("kind", string($0.kind)), ("text", string($0.text))]) }
        return object([
            ("code", string(diagnostic.code.identifier)),
            ("labels", array(labels)),
            ("message", string(diagnostic.message)),
            ("name", string(diagnostic.code.name)),
            ("notes", array(notes)),
            ("severity", string(diagnostic.severity.rawValue)),
        ])
    }

    private func value(_ label: Label, isPrimary: Bool) -> String {
        object([
            ("end", value(label.range.end, byte: label.range.bytes.upperBound)),
            ("file", string(label.range.file.name)),
            ("primary", isPrimary ? "true" : "false"),
            ("start", value(label.range.start, byte: label.range.bytes.lowerBound)),
            ("text", string(label.text)),
        ])
    }

    private func value(_ position: SourcePosition, byte: Int) -> String {
        object([
            ("byte", String(byte)), ("column", String(position.column)), ("line", String(position.line)),
        ])
    }

    private func object(_ members: [(key: String, value: String)]) -> String {
        "{" + members.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
    }

    private func array(_ items: [String]) -> String {
        "[" + items.joined(separator: ",") + "]"
    }

    /// A JSON string in which nothing is hidden, so that it may be shown on a terminal as it is.
    private func string(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default:
                if DisplayText.isHidden(scalar) {
                    for unit in String(scalar).utf16 { result += Self.escape(unit) }
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }

    private static func escape(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
