/// Where the anchor and the tag in front of a value stand, and where the value itself begins.
///
/// libyaml begins an event at the first of them; a diagnostic wants the value alone, or the tag alone.
struct PropertySpan {
    private(set) var tag: Range<Int>?
    /// The first byte of the value.
    private(set) var valueStart: Int

    /// Looks at the bytes of an event that has at least one property.
    init(_ bytes: [UInt8], from start: Int) {
        valueStart = start
        while valueStart < bytes.count {
            let first = bytes[valueStart]
            guard first == UInt8(ascii: "&") || first == UInt8(ascii: "!") else { return }
            let end = Self.endOfProperty(bytes, from: valueStart)
            if first == UInt8(ascii: "!") { tag = valueStart..<end }
            valueStart = Self.skippingSpace(bytes, from: end)
        }
    }

    private static func endOfProperty(_ bytes: [UInt8], from start: Int) -> Int {
        // Only a verbatim tag, `!<…>`, may hold the indicators of flow collections.
        if start + 1 < bytes.count, bytes[start] == UInt8(ascii: "!"), bytes[start + 1] == UInt8(ascii: "<") {
            return bytes[start...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? bytes.count
        }
        return bytes[start...].firstIndex { $0.isSpace || $0.isFlowIndicator } ?? bytes.count
    }

    /// Skips blanks, line breaks and comments.
    private static func skippingSpace(_ bytes: [UInt8], from start: Int) -> Int {
        var offset = start
        while offset < bytes.count {
            if bytes[offset].isSpace {
                offset += 1
            } else if bytes[offset] == UInt8(ascii: "#"), offset > start {
                offset = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            } else {
                return offset
            }
        }
        return offset
    }
}

extension UInt8 {
    /// Space, tab, line feed or carriage return.
    var isSpace: Bool { isBlank || self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }

    /// Space or tab.
    var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

    var isFlowIndicator: Bool {
        switch self {
        case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
            true
        default: false
        }
    }
}
