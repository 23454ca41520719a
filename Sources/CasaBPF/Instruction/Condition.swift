/// When a branch is taken (RFC 9669, section 4.3).
package enum Condition: CaseIterable, Hashable, Sendable {
    case equal
    case greater
    case greaterOrEqual
    /// Any bit is set in both operands.
    case anyBit
    case notEqual
    case signedGreater
    case signedGreaterOrEqual
    case less
    case lessOrEqual
    case signedLess
    case signedLessOrEqual
}
