/// The bytes of a scalar alone, without anchor and tag, and without what libyaml adds at the end.
struct ScalarExtent {
    let bytes: [UInt8]
    let event: Range<Int>
    let properties: NodeProperties

    func range(text: String, style: ScalarStyle) -> Range<Int> {
        switch style {
        case .block:
            let start = valueStart
            return start..<max(start, blockEnd(from: start, text: text))
        case .plain where text.isEmpty:
            // Nothing is written but, perhaps, an anchor or a tag: then that is the value's place.
            return properties.isEmpty ? afterLastContent : event
        case .plain, .quoted:
            let start = valueStart
            return start..<max(start, event.upperBound)
        }
    }

    private var valueStart: Int {
        properties.isEmpty ? event.lowerBound : PropertySpan(bytes, from: event.lowerBound).valueStart
    }

    /// A missing value stands right behind what precedes it; libyaml puts it at the next token.
    private var afterLastContent: Range<Int> {
        var end = event.lowerBound
        while end > 0, bytes[end - 1].isSpace { end -= 1 }
        // Behind a comment or at the top of a file there is nothing better than libyaml's place.
        let line = bytes[..<end].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let start = end == 0 || bytes[line..<end].contains(UInt8(ascii: "#")) ? event.lowerBound : end
        return start..<start
    }

    /// libyaml's end mark lies behind the blank lines that follow the text.
    private func blockEnd(from start: Int, text: String) -> Int {
        guard text.utf8.contains(where: { !$0.isSpace }) else { return headerEnd(from: start) }
        var end = min(event.upperBound, bytes.count)
        while end > start, bytes[end - 1].isSpace { end -= 1 }
        return end
    }

    /// The end of `|2-` and the like: a block without text ends with its header, not with a comment behind it.
    private func headerEnd(from start: Int) -> Int {
        bytes[start...].firstIndex { $0.isSpace } ?? bytes.count
    }
}
