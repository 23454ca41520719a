/// One input as it was read: a name for people and the exact bytes.
///
/// Positions inside CASA are byte offsets into ``bytes``. Lines and columns exist only at the edge and are
/// computed by one function, ``position(of:)``.
package final class SourceFile: Sendable {
    /// How the user named the file, for messages: the argument and the path below it, or `<stdin>`.
    package let name: String
    /// The path below the argument, for artifacts: the same wherever the argument lies.
    package let artifactName: String
    package let bytes: [UInt8]
    /// Offset of the first byte of every line, in order.
    private let lineStarts: [Int]

    package init(name: String, artifactName: String? = nil, bytes: [UInt8]) {
        self.name = name
        self.artifactName = artifactName ?? name
        self.bytes = bytes
        // A byte-order mark is no part of the first line: nobody sees it, and no editor counts it as a column.
        var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            starts.append(offset + 1)
        }
        lineStarts = starts
    }

    package convenience init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    package var lineCount: Int { lineStarts.count }

    /// The line and column of a byte offset, both counted from one; columns count Unicode scalars.
    package func position(of offset: Int) -> SourcePosition {
        let bounded = min(max(offset, lineStarts[0]), bytes.count)
        var low = 0
        var high = lineStarts.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if lineStarts[middle] <= bounded { low = middle } else { high = middle - 1 }
        }
        let scalars = bytes[lineStarts[low]..<bounded].count { $0 & 0xC0 != 0x80 }
        return SourcePosition(line: low + 1, column: scalars + 1)
    }

    /// The bytes of a line counted from one, without its line break.
    package func byteRange(ofLine line: Int) -> Range<Int> {
        let start = lineStarts[line - 1]
        var end = line < lineStarts.count ? lineStarts[line] - 1 : bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return start..<max(start, end)
    }

    package func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
    }
}

/// A place for people: line and column from one, columns in Unicode scalars.
package struct SourcePosition: Hashable, Sendable, Comparable {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
