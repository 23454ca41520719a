// What the operations mean, in Swift. Constants are folded with this, terms evaluated and models checked; it
// is held to Z3 exhaustively at small widths and at random at large ones (`SemanticsTests`).

extension BinaryOperation {
    func apply(_ left: UInt128, _ right: UInt128, width: Int) -> UInt128 {
        let mask = UInt128.mask(width)
        switch self {
        case .add: return (left &+ right) & mask
        case .subtract: return (left &- right) & mask
        case .multiply: return (left &* right) & mask
        case .unsignedDivide: return right == 0 ? mask : left / right
        case .unsignedRemainder: return right == 0 ? left : left % right
        case .signedDivide:
            let dividend = left.signed(width)
            guard right != 0 else { return dividend < 0 ? 1 : mask }
            let quotient = dividend.dividedReportingOverflow(by: right.signed(width)).partialValue
            return UInt128(truncatingIfNeeded: quotient) & mask
        case .signedRemainder:
            guard right != 0 else { return left }
            let dividend = left.signed(width)
            let remainder = dividend.remainderReportingOverflow(dividingBy: right.signed(width)).partialValue
            return UInt128(truncatingIfNeeded: remainder) & mask
        case .and: return left & right
        case .or: return left | right
        case .exclusiveOr: return left ^ right
        case .shiftLeft: return right < UInt128(width) ? (left << right) & mask : 0
        case .shiftRight: return right < UInt128(width) ? left >> right : 0
        case .signedShiftRight:
            let distance = Int(min(right, UInt128(width - 1)))
            return UInt128(truncatingIfNeeded: left.signed(width) >> distance) & mask
        }
    }
}

extension UnaryOperation {
    func apply(_ operand: UInt128, width: Int) -> UInt128 {
        switch self {
        case .complement: ~operand & UInt128.mask(width)
        case .negate: (0 &- operand) & UInt128.mask(width)
        }
    }
}

extension Relation {
    func holds(_ left: UInt128, _ right: UInt128, width: Int) -> Bool {
        switch self {
        case .equal: left == right
        case .unsignedLess: left < right
        case .signedLess: left.signed(width) < right.signed(width)
        }
    }
}

extension Connective {
    func apply(_ left: Bool, _ right: Bool) -> Bool {
        switch self {
        case .and: left && right
        case .or: left || right
        case .iff: left == right
        }
    }
}

extension Extension {
    func apply(_ operand: UInt128, from narrow: Int, to wide: Int) -> UInt128 {
        switch self {
        case .zero: operand
        case .sign: operand.signExtended(from: narrow) & UInt128.mask(wide)
        }
    }
}
