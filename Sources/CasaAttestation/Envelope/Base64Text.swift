internal import FoundationEssentials

/// Base64 (RFC 4648) with one spelling for each content: padded, no other characters, no spare bits.
enum Base64Text {
    enum Alphabet: CaseIterable {
        case standard
        /// `-` and `_` in place of `+` and `/`.
        case urlSafe

        fileprivate func value(of character: UInt8) -> UInt8? {
            switch (self, character) {
            case (_, 0x41...0x5A): character - 0x41
            case (_, 0x61...0x7A): character - 0x61 + 26
            case (_, 0x30...0x39): character - 0x30 + 52
            case (.standard, UInt8(ascii: "+")), (.urlSafe, UInt8(ascii: "-")): 62
            case (.standard, UInt8(ascii: "/")), (.urlSafe, UInt8(ascii: "_")): 63
            default: nil
            }
        }
    }

    static func encode(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    /// `nil` for anything but base64 in one of the alphabets; a text does not mix them.
    static func decode(_ text: String, alphabets: [Alphabet] = Alphabet.allCases) -> [UInt8]? {
        let characters = Array(text.utf8)
        for alphabet in alphabets {
            if let bytes = decode(characters, alphabet) { return bytes }
        }
        return nil
    }

    private static func decode(_ text: [UInt8], _ alphabet: Alphabet) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        let padding = text.suffix(2).count { $0 == UInt8(ascii: "=") }
        let digits = text.dropLast(padding)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var (word, bits): (UInt32, UInt32) = (0, 0)
        for character in digits {
            guard let value = alphabet.value(of: character) else { return nil }
            word = (word << 6 | UInt32(value)) & 0xFFFF
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: word >> bits))
            }
        }
        return word & (1 << bits - 1) == 0 ? bytes : nil
    }
}
