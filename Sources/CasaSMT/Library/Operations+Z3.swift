internal import CZ3

// The one place that says which of Z3's operations is which of ours.

extension BinaryOperation {
    func make(_ context: OpaquePointer, _ left: OpaquePointer, _ right: OpaquePointer) -> OpaquePointer? {
        switch self {
        case .add: Z3_mk_bvadd(context, left, right)
        case .subtract: Z3_mk_bvsub(context, left, right)
        case .multiply: Z3_mk_bvmul(context, left, right)
        case .unsignedDivide: Z3_mk_bvudiv(context, left, right)
        case .unsignedRemainder: Z3_mk_bvurem(context, left, right)
        case .signedDivide: Z3_mk_bvsdiv(context, left, right)
        case .signedRemainder: Z3_mk_bvsrem(context, left, right)
        case .and: Z3_mk_bvand(context, left, right)
        case .or: Z3_mk_bvor(context, left, right)
        case .exclusiveOr: Z3_mk_bvxor(context, left, right)
        case .shiftLeft: Z3_mk_bvshl(context, left, right)
        case .shiftRight: Z3_mk_bvlshr(context, left, right)
        case .signedShiftRight: Z3_mk_bvashr(context, left, right)
        }
    }
}

extension UnaryOperation {
    func make(_ context: OpaquePointer, _ operand: OpaquePointer) -> OpaquePointer? {
        switch self {
        case .complement: Z3_mk_bvnot(context, operand)
        case .negate: Z3_mk_bvneg(context, operand)
        }
    }
}

extension Relation {
    func make(_ context: OpaquePointer, _ left: OpaquePointer, _ right: OpaquePointer) -> OpaquePointer? {
        switch self {
        case .equal: Z3_mk_eq(context, left, right)
        case .unsignedLess: Z3_mk_bvult(context, left, right)
        case .signedLess: Z3_mk_bvslt(context, left, right)
        }
    }
}

extension Connective {
    func make(_ context: OpaquePointer, _ left: OpaquePointer, _ right: OpaquePointer) -> OpaquePointer? {
        switch self {
        case .and: Z3_mk_and(context, 2, [left, right])
        case .or: Z3_mk_or(context, 2, [left, right])
        case .iff: Z3_mk_iff(context, left, right)
        }
    }
}

extension Extension {
    func make(_ context: OpaquePointer, _ added: UInt32, _ operand: OpaquePointer) -> OpaquePointer? {
        switch self {
        case .zero: Z3_mk_zero_ext(context, added, operand)
        case .sign: Z3_mk_sign_ext(context, added, operand)
        }
    }
}
