/// A table as Markdown has it.
struct MarkdownTable {
    private var lines: [String]

    init(_ heads: String...) {
        lines = ["| " + heads.joined(separator: " | ") + " |", "|" + heads.map { _ in "---|" }.joined()]
    }

    mutating func add(_ cells: String...) { add(cells) }

    mutating func add(_ cells: [String]) { lines.append("| " + cells.joined(separator: " | ") + " |") }

    var text: String { lines.joined(separator: "\n") }
}

extension String {
    /// The words of a name in camel case: `signedShiftRight` reads "signed shift right".
    var words: String {
        reduce(into: "") { text, character in
            text += character.isUppercase ? " " + character.lowercased() : String(character)
        }
    }

    var asCode: String { "`\(self)`" }
}
