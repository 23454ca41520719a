/// Diagnostics for people: what is wrong, the lines it is about, and what to do.
struct HumanRendering {
    /// Where the output is no terminal, a file of one endless line must still not make an endless report.
    private static let widthWithoutTerminal = 240

    private let width: Int
    private let style: Style

    init(width: Int?, style: Style) {
        self.width = width ?? Self.widthWithoutTerminal
        self.style = style
    }

    func text(_ diagnostics: [Diagnostic]) -> String {
        guard !diagnostics.isEmpty else { return "" }
        let parts = diagnostics.map { rows($0).joined(separator: "\n") + "\n" }
        return (parts + [Summary(diagnostics).text + "\n"]).joined(separator: "\n")
    }

    private func rows(_ diagnostic: Diagnostic) -> [String] {
        let title = "\(diagnostic.severity.rawValue)[\(diagnostic.code.identifier)]"
        let message = ": " + DisplayText.escaped(diagnostic.message)
        var rows = [style.paint(title, .severity(diagnostic.severity)) + style.paint(message, .message)]
        let snippets = Snippet.snippets(of: diagnostic.labels)
        let gutter = snippets.map(\.gutter).max() ?? 1
        for snippet in snippets {
            rows += snippet.rows(gutter: gutter, width: width, severity: diagnostic.severity, style: style)
        }
        let margin = String(repeating: " ", count: gutter + 1)
        for note in diagnostic.notes {
            let lines = note.text.split(separator: "\n", omittingEmptySubsequences: false)
            for (index, line) in lines.enumerated() {
                let words = DisplayText.escaped(String(line))
                let indentation = String(repeating: " ", count: "= \(note.kind): ".count)
                let sign = style.paint("=", .gutter) + " " + style.paint("\(note.kind):", .message) + " "
                rows.append(margin + (index == 0 ? sign : indentation) + words)
            }
        }
        return rows
    }
}

extension Note {
    /// The word that stands before it.
    var kind: String {
        switch self {
        case .note: "note"
        case .help: "help"
        }
    }

    var text: String {
        switch self {
        case .note(let text), .help(let text): text
        }
    }
}
