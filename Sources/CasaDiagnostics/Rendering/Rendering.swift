/// The forms in which diagnostics leave CASA.
package enum Format: String, Hashable, Sendable, CaseIterable {
    /// For people: with the lines it is about.
    case human
    /// One line each, as compilers write it and editors read it.
    case concise
    /// For programs; `spec/cli.md` has the grammar.
    case json
}

/// Turns diagnostics into text; the same diagnostics always give the same bytes.
package struct Rendering: Sendable {
    private let format: Format
    private let width: Int?
    private let style: Style

    /// Chooses a form; `width` is the terminal's, and nothing where the output is no terminal.
    package init(format: Format, width: Int? = nil, colour: Bool = false) {
        self.format = format
        self.width = width
        style = colour ? .ansi : .plain
    }

    /// The diagnostics in the order given, each line ended.
    package func text(_ diagnostics: [Diagnostic]) -> String {
        switch format {
        case .human: HumanRendering(width: width, style: style).text(diagnostics)
        case .concise: ConciseRendering().text(diagnostics)
        case .json: JSONRendering().text(diagnostics)
        }
    }
}
