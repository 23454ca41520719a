// The names that SMT-LIB (version 2.6, theory of fixed-size bit vectors) has for what a term is made of.

extension BinaryOperation {
    var symbol: String {
        switch self {
        case .add: "bvadd"
        case .subtract: "bvsub"
        case .multiply: "bvmul"
        case .unsignedDivide: "bvudiv"
        case .unsignedRemainder: "bvurem"
        case .signedDivide: "bvsdiv"
        case .signedRemainder: "bvsrem"
        case .and: "bvand"
        case .or: "bvor"
        case .exclusiveOr: "bvxor"
        case .shiftLeft: "bvshl"
        case .shiftRight: "bvlshr"
        case .signedShiftRight: "bvashr"
        }
    }
}

extension UnaryOperation {
    var symbol: String {
        switch self {
        case .complement: "bvnot"
        case .negate: "bvneg"
        }
    }
}

extension Relation {
    var symbol: String {
        switch self {
        case .equal: "="
        case .unsignedLess: "bvult"
        case .signedLess: "bvslt"
        }
    }
}

extension Connective {
    var symbol: String {
        switch self {
        case .and: "and"
        case .or: "or"
        case .iff: "="
        }
    }
}

extension Extension {
    var symbol: String {
        switch self {
        case .zero: "zero_extend"
        case .sign: "sign_extend"
        }
    }
}

extension Sort {
    var symbol: String { isBoolean ? "Bool" : "(_ BitVec \(width))" }
}

extension Variable {
    /// The name behind a `$`, which no word of SMT-LIB begins with; other than plain characters as `%` and
    /// hexadecimal.
    var symbol: String {
        var symbol = "$"
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
                UInt8(ascii: "."), UInt8(ascii: "/"):
                symbol.unicodeScalars.append(Unicode.Scalar(byte))
            default: symbol += "%" + String(byte, radix: 16).leftPadded(to: 2)
            }
        }
        return symbol
    }
}

extension UInt128 {
    /// A constant, in hexadecimal where the width allows it.
    func symbol(width: Int) -> String {
        width.isMultiple(of: 4)
            ? "#x" + String(self, radix: 16).leftPadded(to: width / 4)
            : "#b" + String(self, radix: 2).leftPadded(to: width)
    }
}

extension String {
    fileprivate func leftPadded(to length: Int) -> String {
        String(repeating: "0", count: max(0, length - count)) + self
    }
}
