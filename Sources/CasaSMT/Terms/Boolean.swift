/// A term whose value is a truth.
package struct Boolean: Term {
    package let arena: TermArena
    package let id: TermID

    /// The value, where no variable has a say in it.
    package var constantValue: Bool? { arena.truthValue(id) }

    package static func && (left: Boolean, right: Boolean) -> Boolean { left.apply(.and, right) }
    package static func || (left: Boolean, right: Boolean) -> Boolean { left.apply(.or, right) }
    package static prefix func ! (operand: Boolean) -> Boolean {
        Boolean(arena: operand.arena, id: operand.arena.not(operand.id))
    }

    package func implies(_ conclusion: Boolean) -> Boolean { !self || conclusion }

    package func iff(_ other: Boolean) -> Boolean { apply(.iff, other) }

    package func apply(_ connective: Connective, _ right: Boolean) -> Boolean {
        precondition(arena === right.arena, "operands belong to one arena")
        return Boolean(arena: arena, id: arena.connective(connective, id, right.id))
    }

    /// The one where it holds, the other where it does not.
    package func select(_ consequent: BitVector, else alternative: BitVector) -> BitVector {
        precondition(consequent.width == alternative.width, "operands have one width")
        return BitVector(arena: arena, id: select(consequent.id, alternative.id, consequent, alternative))
    }

    /// The one where it holds, the other where it does not.
    package func select(_ consequent: Boolean, else alternative: Boolean) -> Boolean {
        Boolean(arena: arena, id: select(consequent.id, alternative.id, consequent, alternative))
    }

    private func select<Operand: Term>(
        _ consequent: TermID, _ alternative: TermID, _ left: Operand, _ right: Operand
    ) -> TermID {
        precondition(arena === left.arena && arena === right.arena, "operands belong to one arena")
        return arena.select(id, consequent, alternative)
    }
}
