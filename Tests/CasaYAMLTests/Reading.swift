import CasaDiagnostics
import CasaYAML

/// What came of reading one text.
struct Reading {
    let file: SourceFile
    let diagnostics: [Diagnostic]
    /// Nothing where reading was refused.
    let documents: [YAMLDocument]?

    init(_ bytes: [UInt8], limits: YAMLLimits = .standard) {
        file = SourceFile(name: "test.yaml", bytes: bytes)
        var bag = DiagnosticBag()
        do throws(Reported) {
            documents = try YAMLReader(limits: limits).read(file, reporting: &bag)
        } catch {
            documents = nil
        }
        diagnostics = bag.diagnostics
    }

    init(_ text: String, limits: YAMLLimits = .standard) {
        self.init(Array(text.utf8), limits: limits)
    }

    /// The root of the only document.
    var root: YAMLNode? {
        guard let documents, documents.count == 1 else { return nil }
        return documents[0].root
    }

    /// Every key and value in the order of the text, each as the exact source text of its range.
    var pieces: [String] { documents?.flatMap { Self.pieces($0.root) } ?? [] }

    private static func pieces(_ node: YAMLNode) -> [String] {
        switch node.content {
        case .scalar: [node.origin.text]
        case .sequence(let nodes): [node.origin.text] + nodes.flatMap(pieces)
        case .mapping(let entries):
            [node.origin.text] + entries.flatMap { [$0.key.origin.text] + pieces($0.value) }
        }
    }
}

/// A text in which `⟦` and `⟧` stand around the bytes that a diagnostic must point to.
struct Marked: Sendable {
    let text: String
    let range: Range<Int>

    init(_ marked: String) {
        let before = marked.prefix { $0 != "⟦" }
        let inside = marked.dropFirst(before.count + 1).prefix { $0 != "⟧" }
        let after = marked.dropFirst(before.count + inside.count + 2)
        text = String(before + inside + after)
        range = before.utf8.count..<before.utf8.count + inside.utf8.count
    }
}
