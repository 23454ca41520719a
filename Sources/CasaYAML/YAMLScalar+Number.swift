extension YAMLScalar {
    /// A number of any spelling that Kubernetes' reader takes: `1.5`, `0x1F`, `1_000`, `.inf`.
    package var isNumber: Bool {
        guard isPlain, let first = text.utf8.first else { return false }
        if Self.specialNumbers.contains(text) { return true }
        let startsWithPoint = first == UInt8(ascii: ".")
        guard startsWithPoint || first.isSign || first.isDigit else { return false }
        // Underscores group digits unless the text begins with a point.
        let digits = text.utf8.filter { startsWithPoint || $0 != UInt8(ascii: "_") }
        let magnitude = digits.first?.isSign == true ? digits.dropFirst() : digits[...]
        return Self.isPrefixedInteger(magnitude) || Self.isDecimal(magnitude)
    }

    private static let specialNumbers: Set<String> = [
        ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF",
    ]

    /// Hexadecimal, octal and binary, with the prefix that says so.
    private static func isPrefixedInteger(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.count > 2, text.first == UInt8(ascii: "0") else { return false }
        let radix: Int
        switch text[text.startIndex + 1] {
        case UInt8(ascii: "x"), UInt8(ascii: "X"): radix = 16
        case UInt8(ascii: "o"), UInt8(ascii: "O"): radix = 8
        case UInt8(ascii: "b"), UInt8(ascii: "B"): radix = 2
        default: return false
        }
        return text.dropFirst(2).allSatisfy {
            Character(UnicodeScalar($0)).hexDigitValue.map { $0 < radix } ?? false
        }
    }

    /// Digits with at most one point and at most one exponent, with a digit before the exponent.
    private static func isDecimal(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        let whole = rest.prefix { $0.isDigit }
        rest = rest.dropFirst(whole.count)
        var fraction: ArraySlice<UInt8> = []
        if rest.first == UInt8(ascii: ".") {
            fraction = rest.dropFirst().prefix { $0.isDigit }
            rest = rest.dropFirst(fraction.count + 1)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return false }
        guard let marker = rest.first else { return true }
        guard marker == UInt8(ascii: "e") || marker == UInt8(ascii: "E") else { return false }
        let exponent = rest.dropFirst()
        let digits = exponent.first?.isSign == true ? exponent.dropFirst() : exponent
        return !digits.isEmpty && digits.allSatisfy { $0.isDigit }
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    fileprivate var isSign: Bool { self == UInt8(ascii: "+") || self == UInt8(ascii: "-") }
}
