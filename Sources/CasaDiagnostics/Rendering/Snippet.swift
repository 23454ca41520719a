/// The lines of one file that a diagnostic points to, with what is written under them.
struct Snippet {
    /// What is drawn under one line for one label.
    private struct Mark {
        let line: Int
        let bytes: Range<Int>
        let text: String
        let isPrimary: Bool
        /// The line on which the same label began, where that is another.
        var continuedFrom: Int?
    }

    private let file: SourceFile
    /// The place that the header names.
    private let place: SourceRange
    private let marks: [Mark]
    /// The lines that are shown, in order.
    private let lines: [Int]

    /// Groups labels by file, in the order in which the files are first named.
    static func snippets(of labels: [Label]) -> [Snippet] {
        var files: [SourceFile] = []
        for label in labels where !files.contains(where: { $0 === label.range.file }) {
            files.append(label.range.file)
        }
        return files.compactMap { file in
            let own = labels.indices.filter { labels[$0].range.file === file }
            return Snippet(own.map { (label: labels[$0], isPrimary: $0 == 0) })
        }
    }

    private init?(_ labels: [(label: Label, isPrimary: Bool)]) {
        guard let first = labels.first else { return nil }
        file = first.label.range.file
        place = first.label.range
        marks = labels.flatMap { Self.marks($0.label, isPrimary: $0.isPrimary) }
        var shown = Set(marks.map(\.line))
        if first.isPrimary, let parent = Self.opener(of: place.start.line, in: file) { shown.insert(parent) }
        lines = shown.sorted()
    }

    /// The digits that the greatest line number needs.
    var gutter: Int { String(lines.last ?? 0).count }

    func rows(gutter: Int, width: Int, severity: Severity, style: Style) -> [String] {
        let margin = String(repeating: " ", count: gutter + 1)
        let position = "\(DisplayText.escaped(file.name)):\(place.start.line):\(place.start.column)"
        var rows = [margin + style.paint("┌─", .gutter) + " " + position]
        var previous: Int?
        for line in lines {
            let own = ordered(marks.filter { $0.line == line })
            if let begin = own.compactMap(\.continuedFrom).min(), let previous, previous + 1 < line,
                begin < line
            {
                rows.append(margin + style.paint("⋮", .gutter))
            }
            let range = file.byteRange(ofLine: line)
            let focus = own.first?.bytes ?? range.lowerBound..<range.lowerBound
            let display = DisplayLine(file, line: range, focus: focus, columns: max(20, width - gutter - 3))
            let number = String(line)
            let padding = String(repeating: " ", count: gutter - number.count)
            rows.append(style.paint(padding + number + " │", .gutter) + Self.spaced(display.text))
            for mark in own {
                let columns = display.columns(of: mark.bytes)
                let sign = String(repeating: mark.isPrimary ? "^" : "-", count: columns.count)
                let words = DisplayText.escaped(mark.text)
                let text = words.isEmpty ? sign : sign + " " + words
                let blank = String(repeating: " ", count: columns.lowerBound + 1)
                let role: Style.Role = mark.isPrimary ? .severity(severity) : .secondary
                rows.append(margin + style.paint("│", .gutter) + blank + style.paint(text, role))
            }
            previous = line
        }
        return rows
    }

    private static func spaced(_ text: String) -> String {
        let end = text.lastIndex { $0 != " " }
        guard let end else { return "" }
        return " " + text[...end]
    }

    /// The primary label first, then from left to right.
    private func ordered(_ marks: [Mark]) -> [Mark] {
        marks.enumerated().sorted { left, right in
            if left.element.isPrimary != right.element.isPrimary { return left.element.isPrimary }
            return (left.element.bytes.lowerBound, left.offset) < (
                right.element.bytes.lowerBound, right.offset
            )
        }.map(\.element)
    }

    /// One mark for a label within a line; two, at its beginning and at its end, for a longer one.
    private static func marks(_ label: Label, isPrimary: Bool) -> [Mark] {
        let file = label.range.file
        let bytes = label.range.bytes
        let first = file.position(of: bytes.lowerBound).line
        let last = file.position(of: max(bytes.lowerBound, bytes.upperBound - 1)).line
        guard last > first else {
            return [Mark(line: first, bytes: bytes, text: label.text, isPrimary: isPrimary)]
        }
        let firstEnd = file.byteRange(ofLine: first).upperBound
        let lastLine = file.byteRange(ofLine: last)
        let content = file.bytes[lastLine].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? lastLine.lowerBound
        let lower = min(bytes.lowerBound, firstEnd)
        let upper = min(bytes.upperBound, max(content, lastLine.upperBound))
        return [
            Mark(line: first, bytes: lower..<firstEnd, text: "", isPrimary: isPrimary),
            Mark(
                line: last, bytes: min(content, upper)..<upper, text: label.text, isPrimary: isPrimary,
                continuedFrom: first),
        ]
    }

    /// The line that opens the block in which a line stands: the nearest one above that is indented less.
    ///
    /// The first line of a list entry speaks for itself.
    private static func opener(of line: Int, in file: SourceFile) -> Int? {
        let outline = LineOutline(file, line)
        guard outline.indentation > 0, !outline.isEntry else { return nil }
        // A block longer than this is opened too far away to be recognised.
        for candidate in stride(from: line - 1, through: max(1, line - 200), by: -1) {
            let above = LineOutline(file, candidate)
            if above.isBoundary { return nil }
            if above.isMute || above.indentation >= outline.indentation { continue }
            return above.saysSomething ? candidate : nil
        }
        return nil
    }
}

/// What the beginning of a line says about the blocks of a YAML file.
private struct LineOutline {
    let indentation: Int
    private let content: ArraySlice<UInt8>

    init(_ file: SourceFile, _ line: Int) {
        let bytes = file.bytes[file.byteRange(ofLine: line)]
        content = bytes.drop { $0 == 0x20 || $0 == 0x09 }.prefix(256)
        indentation = content.startIndex - bytes.startIndex
    }

    /// The first line of an entry of a list.
    var isEntry: Bool {
        content.first == UInt8(ascii: "-") && (content.count == 1 || content.dropFirst().first == 0x20)
    }
    /// Nothing, or a comment.
    var isMute: Bool { content.isEmpty || content.first == UInt8(ascii: "#") }
    /// Begins or ends a document.
    var isBoundary: Bool {
        indentation == 0
            && (content.starts(with: Array("---".utf8)) || content.starts(with: Array("...".utf8)))
    }
    /// Has more than brackets.
    var saysSomething: Bool { content.contains { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 >= 0x80 } }
}
