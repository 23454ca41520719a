extension TermArena {
    /// Of two different terms; a constant is the right one.
    func rewriteEquality(_ left: TermID, _ right: TermID) -> TermID? {
        let (first, second) = (offset(left), offset(right))
        if first.base == second.base { return truth(first.offset == second.offset) }
        let (leftZeros, rightZeros) = (leadingZeros(left), leadingZeros(right))
        guard let value = constantValue(right) else {
            return narrow(.equal, left, right, by: min(leftZeros, rightZeros))
        }
        if leftZeros > rightZeros { return Self.falsehood }
        return narrow(.equal, left, right, by: leftZeros) ?? solve(left, value)
    }

    /// What `term == value` says about the parts of the term.
    private func solve(_ term: TermID, _ value: UInt128) -> TermID? {
        let (base, wanted) = invert(term, value)
        let width = width(term)
        switch node(base) {
        case .extend(.sign, let inner):
            let narrow = wanted & UInt128.mask(self.width(inner))
            let fits = Extension.sign.apply(narrow, from: self.width(inner), to: width) == wanted
            return fits ? equality(inner, narrow) : Self.falsehood
        case .concatenate(let high, let low):
            guard constantValue(high) != nil || constantValue(low) != nil else { break }
            return connective(
                .and, equality(high, wanted >> UInt128(self.width(low))), equality(low, wanted))
        case .binary(.or, let left, let right) where wanted == 0:
            return connective(.and, equality(left, 0), equality(right, 0))
        case .truth, .constant, .variable, .not, .connective, .relation, .unary, .binary, .extract, .extend,
            .select:
            break
        }
        return base == term ? nil : equality(base, wanted)
    }

    /// The same equation without what can be undone on both sides, however much there is of it.
    private func invert(_ term: TermID, _ value: UInt128) -> (base: TermID, value: UInt128) {
        var (base, wanted) = (term, value)
        while true {
            switch node(base) {
            case .binary(.add, let left, let right):
                guard let addend = constantValue(right) else { return (base, wanted) }
                (base, wanted) = (left, BinaryOperation.subtract.apply(wanted, addend, width: width(base)))
            case .binary(.subtract, let left, let right):
                guard let minuend = constantValue(left) else { return (base, wanted) }
                (base, wanted) = (right, BinaryOperation.subtract.apply(minuend, wanted, width: width(base)))
            case .binary(.exclusiveOr, let left, let right):
                guard let flipped = constantValue(right) else { return (base, wanted) }
                (base, wanted) = (left, wanted ^ flipped)
            case .unary(let operation, let operand):
                (base, wanted) = (operand, operation.apply(wanted, width: width(base)))
            case .truth, .constant, .variable, .not, .connective, .relation, .binary, .extract, .concatenate,
                .extend, .select:
                return (base, wanted)
            }
        }
    }

    private func equality(_ term: TermID, _ value: UInt128) -> TermID {
        relation(.equal, term, constant(value & UInt128.mask(width(term)), width(term)))
    }
}
