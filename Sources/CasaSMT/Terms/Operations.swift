/// An operation on two bit vectors of one width; means what SMT-LIB's of that name means.
///
/// Of a division by zero: `unsignedDivide` yields all ones, `signedDivide` 1 for a negative dividend and -1
/// for another, the remainders the dividend. A shift by the width or more leaves only what is shifted in.
package enum BinaryOperation: UInt8, CaseIterable, Hashable, Sendable {
    case add
    case subtract
    case multiply
    case unsignedDivide
    case unsignedRemainder
    /// Rounds towards zero.
    case signedDivide
    /// Has the sign of the dividend.
    case signedRemainder
    case and
    case or
    case exclusiveOr
    case shiftLeft
    case shiftRight
    case signedShiftRight

    var isCommutative: Bool {
        switch self {
        case .add, .multiply, .and, .or, .exclusiveOr: true
        case .subtract, .unsignedDivide, .unsignedRemainder, .signedDivide, .signedRemainder, .shiftLeft,
            .shiftRight, .signedShiftRight:
            false
        }
    }
}

/// An operation on one bit vector.
package enum UnaryOperation: UInt8, CaseIterable, Hashable, Sendable {
    case complement
    case negate
}

/// A comparison of two bit vectors of one width.
///
/// "At most" is "not greater", so that a comparison and its opposite are one term and its negation.
package enum Relation: UInt8, CaseIterable, Hashable, Sendable {
    case equal
    case unsignedLess
    case signedLess
}

/// An operation on two truths.
package enum Connective: UInt8, CaseIterable, Hashable, Sendable {
    case and
    case or
    case iff
}

/// What a bit vector is widened with.
package enum Extension: UInt8, CaseIterable, Hashable, Sendable {
    case zero
    case sign
}
