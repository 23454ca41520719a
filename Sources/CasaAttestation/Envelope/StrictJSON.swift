/// Whether a text is JSON (RFC 8259) that every reader understands alike: UTF-8, no key twice, not deep.
///
/// Foundation's reader takes the last or the first of two equal keys; another tool takes the other one, and a
/// signature over both would say two things.
struct StrictJSON {
    struct Problem: Error, Hashable {
        let reason: String
        let offset: Int
    }

    static let depthLimit = 32

    private let bytes: [UInt8]
    private var position = 0

    static func check(_ bytes: [UInt8]) throws(Problem) {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw Problem(reason: "not UTF-8", offset: 0)
        }
        var reader = StrictJSON(bytes: bytes)
        reader.skipSpace()
        try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.position == bytes.count else { throw reader.problem("more than one value") }
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func problem(_ reason: String) -> Problem { Problem(reason: reason, offset: position) }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(Problem) {
        guard depth < Self.depthLimit else { throw problem("nested too deep") }
        switch next {
        case UInt8(ascii: "{"): try object(depth: depth)
        case UInt8(ascii: "["): try array(depth: depth)
        case UInt8(ascii: "\""): _ = try string(keeping: false)
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        case nil: throw problem("it ends too early")
        default: try number()
        }
    }

    private mutating func object(depth: Int) throws(Problem) {
        position += 1
        skipSpace()
        if take("}") { return }
        var keys: Set<String> = []
        while true {
            let start = position
            guard next == UInt8(ascii: "\"") else { throw problem("a key is missing") }
            // Equal as Swift's dictionaries have it, which is wider than by bytes.
            guard try keys.insert(string(keeping: true)).inserted else {
                throw Problem(reason: "a key is there twice", offset: start)
            }
            skipSpace()
            guard take(":") else { throw problem("a colon is missing") }
            skipSpace()
            try value(depth: depth + 1)
            skipSpace()
            if take("}") { return }
            guard take(",") else { throw problem("a comma or a brace is missing") }
            skipSpace()
        }
    }

    private mutating func array(depth: Int) throws(Problem) {
        position += 1
        skipSpace()
        if take("]") { return }
        while true {
            try value(depth: depth + 1)
            skipSpace()
            if take("]") { return }
            guard take(",") else { throw problem("a comma or a bracket is missing") }
            skipSpace()
        }
    }

    private mutating func word(_ word: String) throws(Problem) {
        guard bytes[position...].starts(with: word.utf8) else { throw problem("not a value") }
        position += word.utf8.count
    }

    private mutating func number() throws(Problem) {
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
    }

    private mutating func digits() throws(Problem) {
        let start = position
        while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
        guard position > start else { throw problem("not a value") }
    }

    /// The content of a string; empty unless it is kept.
    private mutating func string(keeping isKept: Bool) throws(Problem) -> String {
        position += 1
        var content = String.UnicodeScalarView()
        var start = position
        while let byte = next {
            guard byte >= 0x20 else { throw problem("a control character in a string") }
            if byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                position += 1
                continue
            }
            if isKept {
                content += String(decoding: bytes[start..<position], as: UTF8.self).unicodeScalars
            }
            position += 1
            if byte == UInt8(ascii: "\"") { return String(content) }
            content.append(try escape())
            start = position
        }
        throw problem("a string does not end")
    }

    private mutating func escape() throws(Problem) -> Unicode.Scalar {
        guard let byte = next else { throw problem("a string does not end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try scalar()
        default: throw problem("not an escape")
        }
    }

    /// `XXXX`, or `XXXX\uXXXX` of two surrogates.
    private mutating func scalar() throws(Problem) -> Unicode.Scalar {
        let high = try unit()
        if let scalar = Unicode.Scalar(UInt32(high)) { return scalar }
        guard UTF16.isLeadSurrogate(high), take("\\"), take("u") else { throw problem("half a character") }
        let low = try unit()
        guard UTF16.isTrailSurrogate(low),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
        else { throw problem("half a character") }
        return scalar
    }

    private mutating func unit() throws(Problem) -> UInt16 {
        guard position + 4 <= bytes.count else { throw problem("a string does not end") }
        var unit: UInt16 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw problem("not an escape")
            }
            unit = unit << 4 | UInt16(digit)
        }
        position += 4
        return unit
    }
}
