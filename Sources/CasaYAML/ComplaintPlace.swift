import CasaDiagnostics

/// The bytes around a complaint that a diagnostic may want to point at.
struct ComplaintPlace {
    private let bytes: [UInt8]
    private let file: SourceFile
    private let offset: Int
    private let contextOffset: Int
    /// Nothing but space follows the place that libyaml names.
    let isAtEnd: Bool

    init(_ complaint: ParserComplaint, in file: SourceFile) {
        self.file = file
        bytes = file.bytes
        var offset = min(complaint.offset, bytes.count)
        isAtEnd = bytes[offset...].allSatisfy(\.isSpace)
        // At the end of a file, what was last written is of more use than the empty line behind it.
        if isAtEnd {
            while offset > 0, bytes[offset - 1].isSpace { offset -= 1 }
        }
        self.offset = offset
        contextOffset = min(complaint.contextOffset ?? offset, bytes.count)
    }

    var byte: Range<Int> { offset..<min(offset + 1, isAtEnd ? offset : bytes.count) }
    var contextByte: Range<Int> { contextOffset..<min(contextOffset + 1, bytes.count) }

    /// The whole character.
    var scalar: Range<Int> {
        guard offset < bytes.count, !isAtEnd else { return offset..<offset }
        let end = bytes[(offset + 1)...].firstIndex { $0 & 0xC0 != 0x80 } ?? bytes.count
        return offset..<end
    }

    var scalarText: String { file.text(scalar) }

    var word: Range<Int> { isAtEnd ? offset..<offset : word(from: offset) }
    var contextWord: Range<Int> { word(from: contextOffset) }

    /// From the place to the end of its line, without a comment and without blanks at the end.
    var line: Range<Int> { line(from: offset) }
    var contextLine: Range<Int> { line(from: contextOffset) }

    /// The lines from where libyaml began to where it stopped.
    var lines: Range<Int> {
        let first = file.byteRange(ofLine: file.position(of: min(contextOffset, offset)).line)
        let last = file.byteRange(ofLine: file.position(of: offset).line)
        return first.lowerBound..<max(first.lowerBound, last.upperBound)
    }

    /// From the backslash to what libyaml could not read.
    var escape: Range<Int> {
        let start = bytes[..<min(offset + 1, bytes.count)].lastIndex(of: UInt8(ascii: "\\")) ?? offset
        let end = min(start + 2, bytes.count)
        return start..<(bytes[end...].firstIndex { $0 & 0xC0 != 0x80 } ?? bytes.count)
    }

    var isFirstOnLine: Bool {
        let line = file.byteRange(ofLine: file.position(of: offset).line)
        return line.lowerBound <= offset && bytes[line.lowerBound..<offset].allSatisfy(\.isBlank)
    }

    /// Whether the place and what libyaml was busy with begin at the same column.
    var isAlignedWithContext: Bool {
        file.position(of: offset).column == file.position(of: contextOffset).column
    }

    var isColon: Bool { bytes[byte] == [UInt8(ascii: ":")] }

    /// What stands in front of the place on its line, with the place, where no bracket or comma divides it.
    var keyOnLine: Range<Int>? {
        let line = file.byteRange(ofLine: file.position(of: offset).line)
        guard line.lowerBound < offset else { return nil }
        let before = bytes[line.lowerBound..<offset]
        guard let start = before.firstIndex(where: { !$0.isBlank }) else { return nil }
        return before.contains(where: \.isFlowIndicator) ? nil : start..<offset + 1
    }

    private func word(from start: Int) -> Range<Int> {
        start..<(bytes[start...].firstIndex(where: \.isSpace) ?? bytes.count)
    }

    private func line(from start: Int) -> Range<Int> {
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "\n") {
            if bytes[end] == UInt8(ascii: "#"), end > start, bytes[end - 1].isBlank { break }
            end += 1
        }
        while end > start, bytes[end - 1].isSpace { end -= 1 }
        return start..<end
    }
}
