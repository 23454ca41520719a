internal import CasaDiagnostics

/// Finds documents that lost their indentation, as text copied out of a web page does.
///
/// It looks at lines and not at a tree: most such documents are no longer YAML, the others have every key twice.
struct LostIndentation {
    private let lines: [TopLine]
    private let tree: KeyTree

    /// One diagnostic for each document of the file that lost its indentation.
    static func diagnostics(in file: SourceFile) -> [Diagnostic] {
        var documents: [[Int]] = [[]]
        for number in 1...file.lineCount {
            let text = file.text(file.byteRange(ofLine: number))
            if text.hasPrefix("---") || text.hasPrefix("...") {
                documents.append([])
            } else {
                documents[documents.count - 1].append(number)
            }
        }
        return documents.compactMap { diagnostic(in: file, lines: $0) }
    }

    /// The diagnostic for one document, if its indentation is lost.
    static func diagnostic(in file: SourceFile, lines numbers: some Sequence<Int>) -> Diagnostic? {
        let lines = TopLine.lines(of: file, numbers: numbers)
        guard lines.contains(where: { $0.key?.value == "kind" || $0.key?.value == "apiVersion" }) else {
            return nil
        }
        return LostIndentation(lines: lines, tree: tree(for: lines)).diagnostic
    }

    private static func tree(for lines: [TopLine]) -> KeyTree {
        switch lines.first(where: { $0.key?.value == "kind" })?.value {
        case "MultiAgentSystem": .multiAgentSystem
        case "CASAPolicy": .casaPolicy
        case .some, .none: .anyObject
        }
    }

    private var diagnostic: Diagnostic? {
        let displaced = displacedKeys()
        guard let first = displaced.first, let key = first.keys.first else { return nil }
        let names = first.keys.map(\.value).inBackticks()
        let verb = first.keys.count == 1 ? "stands" : "stand"
        let start = Diagnostic(
            .lostIndentation, at: key.origin,
            "the indentation is lost: \(names) \(verb) beside `\(first.parent)`, not under it",
            label: "belongs under `\(first.parent)`")
        return displaced.reduce(start) { diagnostic, group in
            diagnostic.help("indent \(group.keys.map(\.value).inBackticks()) under `\(group.parent)`")
        }
    }

    /// The keys that stand beside the parent they belong under, by parent, in order of reading.
    private func displacedKeys() -> [(parent: String, keys: [Traced<String>])] {
        var groups: [(parent: String, keys: [Traced<String>])] = []
        var open: [KeyTree] = []
        for (index, line) in lines.enumerated() {
            guard let key = line.key else { continue }
            var place = tree[key.value]
            if let depth = open.lastIndex(where: { $0[key.value] != nil }) {
                open.removeSubrange((depth + 1)...)
                place = open[depth][key.value]
                let parent = open[depth].key
                if let known = groups.firstIndex(where: { $0.parent == parent }) {
                    if !groups[known].keys.contains(key) { groups[known].keys.append(key) }
                } else {
                    groups.append((parent, [key]))
                }
            } else if place != nil {
                open = []
            }
            let isOpen = line.value.isEmpty && index + 1 < lines.count && lines[index + 1].isLevel
            if let place, isOpen, !place.children.isEmpty { open.append(place) }
        }
        return groups
    }
}

/// A line of a document, as far as its indentation tells.
private struct TopLine {
    /// The key that stands at the level of the document; `nil` for items of lists and what is deeper.
    var key: Traced<String>?
    /// What follows the key on its line.
    var value = ""
    /// Not deeper than the document itself.
    var isLevel = true

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    static func lines(of file: SourceFile, numbers: some Sequence<Int>) -> [TopLine] {
        var result: [TopLine] = []
        var level: Int?
        for number in numbers {
            let start = file.bytes[file.byteRange(ofLine: number)]
            let whole = start.starts(with: byteOrderMark) ? start.dropFirst(byteOrderMark.count) : start
            let content = whole.drop { $0 == UInt8(ascii: " ") }
            guard let first = content.first, first != UInt8(ascii: "#") else { continue }
            let indentation = content.startIndex - whole.startIndex
            let line = TopLine(file, content)
            if level == nil, line.key != nil { level = indentation }
            result.append(indentation == level ? line : TopLine(key: nil, isLevel: indentation < level ?? 0))
        }
        return result
    }

    private init(key: Traced<String>?, isLevel: Bool) {
        self.key = key
        self.isLevel = isLevel
    }

    private init(_ file: SourceFile, _ content: ArraySlice<UInt8>) {
        let word = content.prefix { $0 != UInt8(ascii: ":") }
        let rest = content[word.endIndex...].dropFirst()
        let isWord = word.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == UInt8(ascii: "_")
        }
        guard isWord, !word.isEmpty, word.endIndex < content.endIndex else { return }
        guard rest.isEmpty || rest.first == UInt8(ascii: " ") else { return }
        let range = SourceRange(file: file, bytes: word.startIndex..<word.endIndex)
        key = Traced(range.text, at: range)
        let written = rest.drop { $0 == UInt8(ascii: " ") }.prefix { $0 != UInt8(ascii: "#") }
        value = String(decoding: written.filter { $0 != 0x20 && $0 != 0x22 && $0 != 0x27 }, as: UTF8.self)
    }
}
