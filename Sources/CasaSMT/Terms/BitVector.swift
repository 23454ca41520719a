/// A term whose value is a number of 1 to 128 bits.
///
/// Operands have one width and one arena; what does not fit is a mistake of ours and traps.
package struct BitVector: Term {
    package let arena: TermArena
    package let id: TermID

    package var width: Int { arena.width(id) }

    /// The value, where no variable has a say in it.
    package var constantValue: UInt128? { arena.constantValue(id) }

    package static func + (left: BitVector, right: BitVector) -> BitVector { left.apply(.add, right) }
    package static func - (left: BitVector, right: BitVector) -> BitVector { left.apply(.subtract, right) }
    package static func * (left: BitVector, right: BitVector) -> BitVector { left.apply(.multiply, right) }
    package static func & (left: BitVector, right: BitVector) -> BitVector { left.apply(.and, right) }
    package static func | (left: BitVector, right: BitVector) -> BitVector { left.apply(.or, right) }
    package static func ^ (left: BitVector, right: BitVector) -> BitVector { left.apply(.exclusiveOr, right) }
    package static func << (left: BitVector, right: BitVector) -> BitVector { left.apply(.shiftLeft, right) }
    /// Shifts zeros in; `.signedShiftRight` shifts the sign in.
    package static func >> (left: BitVector, right: BitVector) -> BitVector { left.apply(.shiftRight, right) }
    package static prefix func ~ (operand: BitVector) -> BitVector { operand.apply(.complement) }
    package static prefix func - (operand: BitVector) -> BitVector { operand.apply(.negate) }

    package func apply(_ operation: BinaryOperation, _ right: BitVector) -> BitVector {
        requireSameWidth(right)
        return BitVector(arena: arena, id: arena.binary(operation, id, right.id))
    }

    package func apply(_ operation: UnaryOperation) -> BitVector {
        BitVector(arena: arena, id: arena.unary(operation, id))
    }

    package func compare(_ relation: Relation, _ right: BitVector) -> Boolean {
        requireSameWidth(right)
        return Boolean(arena: arena, id: arena.relation(relation, id, right.id))
    }

    package func equals(_ other: BitVector) -> Boolean { compare(.equal, other) }
    package func isLess(than other: BitVector) -> Boolean { compare(.unsignedLess, other) }
    package func isAtMost(_ other: BitVector) -> Boolean { !other.isLess(than: self) }
    package func isSignedLess(than other: BitVector) -> Boolean { compare(.signedLess, other) }
    package func isSignedAtMost(_ other: BitVector) -> Boolean { !other.isSignedLess(than: self) }

    /// A number of the same width.
    package func constant(_ value: some BinaryInteger) -> BitVector { arena.constant(value, width: width) }

    private func requireSameWidth(_ other: BitVector) {
        precondition(arena === other.arena, "operands belong to one arena")
        precondition(width == other.width, "operands have one width")
    }
}
