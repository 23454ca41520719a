internal import CasaDiagnostics
internal import CasaYAML

/// A value and the key it stands under; items of lists and whole documents stand under none.
struct Field {
    let node: YAMLNode
    let key: Traced<String>?

    init(_ node: YAMLNode, under key: Traced<String>? = nil) {
        self.node = node
        self.key = key
    }

    var isNull: Bool { node.scalar?.isNull ?? false }

    /// Where to point when something in the value is absent: its key, or its first line.
    var heading: SourceRange { key?.origin ?? node.origin.firstLine }

    /// Where to point when the value itself is wrong; `name:` with nothing after it has no place of its own.
    var place: SourceRange { node.origin.bytes.isEmpty ? heading : node.origin }

    /// What a reader of YAML sees here.
    var description: String {
        switch node.content {
        case .sequence: return "a list"
        case .mapping: return "a mapping"
        case .scalar(let scalar):
            if scalar.isNull { return "nothing" }
            if scalar.boolean != nil { return "a truth value" }
            return scalar.isNumber ? "a number" : "text"
        }
    }

    /// Says `expected a list, found text`.
    func mismatch(expected: String) -> Diagnostic {
        Diagnostic(
            .wrongType, at: place, "expected \(expected), found \(description)", label: "not \(expected)")
    }
}

extension SourceRange {
    /// The part that stands on the first line.
    var firstLine: SourceRange {
        let line = file.byteRange(ofLine: start.line)
        let end = min(bytes.upperBound, line.upperBound)
        return SourceRange(file: file, bytes: bytes.lowerBound..<max(bytes.lowerBound, end))
    }
}

extension Traced<String> {
    /// The place of a part of the text; the whole value where its spelling differs from what it says.
    func origin(of part: Substring) -> SourceRange {
        let written = origin.text
        let quoted = written.utf8.count == value.utf8.count + 2 && written.dropFirst().dropLast() == value
        guard written == value || quoted else { return origin }
        let start = origin.bytes.lowerBound + (quoted ? 1 : 0)
        let lower = value.utf8.distance(from: value.startIndex, to: part.startIndex)
        return SourceRange(file: origin.file, bytes: start + lower..<start + lower + part.utf8.count)
    }
}
