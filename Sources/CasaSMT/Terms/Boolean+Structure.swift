extension Boolean {
    /// The parts of a statement that says two things: of a conjunction, and of a disjunction that is denied.
    package var conjuncts: (Boolean, Boolean)? {
        switch arena.node(id) {
        case .connective(.and, let left, let right):
            return (Boolean(arena: arena, id: left), Boolean(arena: arena, id: right))
        case .not(let operand):
            guard case .connective(.or, let left, let right) = arena.node(operand) else { return nil }
            return (!Boolean(arena: arena, id: left), !Boolean(arena: arena, id: right))
        case .truth, .constant, .variable, .connective, .relation, .unary, .binary, .extract, .concatenate,
            .extend, .select:
            return nil
        }
    }
}

extension BitVector {
    /// The term as a choice of two: where it is one, was made wider, or has one beside it.
    package var choice: (condition: Boolean, consequent: BitVector, alternative: BitVector)? {
        switch arena.node(id) {
        case .select: return selection
        case .extend(let kind, let inner):
            guard let inner = BitVector(arena: arena, id: inner).choice else { return nil }
            return (
                inner.condition, inner.consequent.extended(kind, to: width),
                inner.alternative.extended(kind, to: width)
            )
        case .extract(let inner, let low):
            guard let inner = BitVector(arena: arena, id: inner).choice else { return nil }
            let bits = low..<low + width
            return (inner.condition, inner.consequent[bits], inner.alternative[bits])
        case .concatenate(let high, let low):
            let (high, low) = (BitVector(arena: arena, id: high), BitVector(arena: arena, id: low))
            if let high = high.choice {
                return (
                    high.condition, high.consequent.concatenated(withLow: low),
                    high.alternative.concatenated(withLow: low)
                )
            }
            guard let low = low.choice else { return nil }
            return (
                low.condition, high.concatenated(withLow: low.consequent),
                high.concatenated(withLow: low.alternative)
            )
        case .truth, .constant, .variable, .not, .connective, .relation, .unary, .binary: return nil
        }
    }
}
