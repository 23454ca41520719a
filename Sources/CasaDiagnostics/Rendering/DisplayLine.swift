/// A line of a file as a terminal shows it, and where its bytes come to stand.
///
/// What does not fit is cut with `…` on either side of a window around the place that matters.
struct DisplayLine {
    private static let tabStop = 4
    /// More bytes than this on either side of the place are never looked at: a file may be one single line.
    private static let reach = 2048
    private static let cut = "…"

    /// A character of the line.
    private struct Cell {
        let offset: Int
        let text: String
        let column: Int
        let width: Int
    }

    private let cells: [Cell]
    /// The cells that are shown.
    private let window: Range<Int>
    private let isCutBefore: Bool
    private let isCutAfter: Bool
    private let end: Int

    /// Lays out the bytes of a line so that `focus` is visible within a number of columns.
    init(_ file: SourceFile, line: Range<Int>, focus: Range<Int>, columns: Int) {
        var lower = max(line.lowerBound, focus.lowerBound - Self.reach)
        while lower > line.lowerBound, file.bytes[lower] & 0xC0 == 0x80 { lower -= 1 }
        let upper = max(lower, min(line.upperBound, focus.lowerBound + Self.reach))
        let cells = Self.cells(file, lower..<upper)
        let total = cells.last.map { $0.column + $0.width } ?? 0
        end = upper
        self.cells = cells

        var first = 0
        let isWhole = lower == line.lowerBound && upper == line.upperBound
        if !isWhole || total > columns {
            let focusStart = Self.column(of: focus.lowerBound, in: cells, total)
            let focusEnd = Self.column(of: max(focus.upperBound, focus.lowerBound + 1), in: cells, total)
            // A long label begins in the left quarter; a short one need not move the line at all.
            if focusEnd + 1 > columns || lower > line.lowerBound {
                let left = max(0, focusStart - columns / 4)
                first = cells.firstIndex { $0.column >= left } ?? cells.count
            }
        }
        isCutBefore = first > 0 || lower > line.lowerBound
        let room = columns - (isCutBefore ? 1 : 0)
        let start = first < cells.count ? cells[first].column : total
        let fits = total - start <= room && upper == line.upperBound
        let limit = start + room - (fits ? 0 : 1)
        let last = cells[first...].firstIndex { $0.column + $0.width > limit } ?? cells.count
        window = first..<last
        isCutAfter = last < cells.count || upper < line.upperBound
    }

    var text: String {
        let middle = cells[window].map(\.text).joined()
        return (isCutBefore ? Self.cut : "") + middle + (isCutAfter ? Self.cut : "")
    }

    /// The columns at which some bytes are shown, at least one; clamped to what is visible.
    func columns(of bytes: Range<Int>) -> Range<Int> {
        let lower = column(of: bytes.lowerBound)
        return lower..<max(lower + 1, column(of: bytes.upperBound))
    }

    private func column(of offset: Int) -> Int {
        let prefix = isCutBefore ? 1 : 0
        let origin = window.lowerBound < cells.count ? cells[window.lowerBound].column : 0
        let visible = cells[window]
        guard let first = visible.first, let last = visible.last else { return prefix }
        if offset < first.offset { return 0 }
        let visibleEnd = prefix + last.column + last.width - origin
        if let cell = visible.first(where: { $0.offset >= offset }) { return prefix + cell.column - origin }
        let isBehind =
            window.upperBound < cells.count ? offset > cells[window.upperBound].offset : offset > end
        return visibleEnd + (isBehind && isCutAfter ? 1 : 0)
    }

    private static func column(of offset: Int, in cells: [Cell], _ total: Int) -> Int {
        cells.first { $0.offset >= offset }?.column ?? total
    }

    private static func cells(_ file: SourceFile, _ bytes: Range<Int>) -> [Cell] {
        var cells: [Cell] = []
        var column = 0
        var offset = bytes.lowerBound
        while offset < bytes.upperBound {
            var next = offset + 1
            while next < bytes.upperBound, next - offset < 4, file.bytes[next] & 0xC0 == 0x80 { next += 1 }
            let (text, width) = shown(file.bytes[offset..<next], column)
            cells.append(Cell(offset: offset, text: text, column: column, width: width))
            column += width
            offset = next
        }
        return cells
    }

    private static func shown(_ bytes: ArraySlice<UInt8>, _ column: Int) -> (text: String, width: Int) {
        let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
        guard scalars.count == 1, let scalar = scalars.first else { return ("\u{FFFD}", 1) }
        if scalar == "\t" {
            let width = tabStop - column % tabStop
            return (String(repeating: " ", count: width), width)
        }
        let text = DisplayText.shown(scalar)
        return (text, DisplayWidth.columns(text))
    }
}
