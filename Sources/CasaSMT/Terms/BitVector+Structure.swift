// What the outermost operation of a term is, for those who look for a shape before they ask the solver.

extension BitVector {
    /// The parts of a choice of two.
    package var selection: (condition: Boolean, consequent: BitVector, alternative: BitVector)? {
        guard case .select(let condition, let consequent, let alternative) = arena.node(id) else {
            return nil
        }
        return (
            Boolean(arena: arena, id: condition), BitVector(arena: arena, id: consequent),
            BitVector(arena: arena, id: alternative)
        )
    }

    /// The parts of a term with a constant added, which simplification keeps on the right.
    package var sum: (term: BitVector, constant: UInt128)? {
        guard case .binary(.add, let left, let right) = arena.node(id) else { return nil }
        return arena.constantValue(right).map { (BitVector(arena: arena, id: left), $0) }
    }
}

extension Boolean {
    /// What is denied.
    package var negation: Boolean? {
        guard case .not(let operand) = arena.node(id) else { return nil }
        return Boolean(arena: arena, id: operand)
    }
}
