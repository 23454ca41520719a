// Masks and shifted bytes become parts of bit vectors, which later rules see through.

extension TermArena {
    func rewriteAnd(_ left: TermID, _ right: TermID) -> TermID? {
        let width = width(left)
        if left == right { return left }
        if isComplement(left, right) { return constant(0, width) }
        guard let mask = constantValue(right) else {
            return joinTruths(.and, left, right) ?? narrowBitwise(.and, left, right)
        }
        if mask == 0 { return right }
        if mask == UInt128.mask(width) { return left }
        if let field = field(of: left, mask) { return field }
        if case .binary(.and, let inner, let other) = node(left), let outer = constantValue(other) {
            return binary(.and, inner, constant(outer & mask, width))
        }
        return applyToParts(.and, left, mask)
    }

    func rewriteOr(_ left: TermID, _ right: TermID) -> TermID? {
        let width = width(left)
        let ones = UInt128.mask(width)
        if left == right { return left }
        if isComplement(left, right) { return constant(ones, width) }
        if let set = constantValue(right) {
            if set == 0 { return left }
            if set == ones { return right }
            if case .binary(.or, let inner, let other) = node(left), let outer = constantValue(other) {
                return binary(.or, inner, constant(outer | set, width))
            }
            if let parts = applyToParts(.or, left, set) { return parts }
        }
        return joinDisjoint(left, right) ?? joinTruths(.or, left, right) ?? narrowBitwise(.or, left, right)
    }

    func rewriteExclusiveOr(_ left: TermID, _ right: TermID) -> TermID? {
        let width = width(left)
        let ones = UInt128.mask(width)
        if left == right { return constant(0, width) }
        if isComplement(left, right) { return constant(ones, width) }
        if let flipped = constantValue(right) {
            if flipped == 0 { return left }
            if flipped == ones { return unary(.complement, left) }
            if case .binary(.exclusiveOr, let inner, let other) = node(left), let outer = constantValue(other)
            {
                return binary(.exclusiveOr, inner, constant(outer ^ flipped, width))
            }
            if let parts = applyToParts(.exclusiveOr, left, flipped) { return parts }
        }
        return joinDisjoint(left, right) ?? joinTruths(.exclusiveOr, left, right)
            ?? narrowBitwise(.exclusiveOr, left, right)
    }

    /// Two numbers of which one has only zeros where the other has not: side by side.
    func joinDisjoint(_ left: TermID, _ right: TermID) -> TermID? {
        for (high, low) in [(left, right), (right, left)] {
            let split = trailingZeros(high)
            guard split > 0, split + leadingZeros(low) >= width(left), split < width(left) else { continue }
            return concatenate(
                high: extract(high, low: split, width: width(left) - split),
                low: extract(low, low: 0, width: split))
        }
        return nil
    }

    /// What a mask of neighbouring ones leaves.
    private func field(of term: TermID, _ mask: UInt128) -> TermID? {
        let low = mask.trailingZeroBitCount
        let length = mask.nonzeroBitCount
        guard mask >> UInt128(low) == UInt128.mask(length) else { return nil }
        let bits = extract(term, low: low, width: length)
        let placed = low == 0 ? bits : concatenate(high: bits, low: constant(0, low))
        return extend(.zero, placed, to: width(term))
    }

    /// An operation with a constant, on the parts of what has parts.
    private func applyToParts(_ operation: BinaryOperation, _ term: TermID, _ value: UInt128) -> TermID? {
        let high: TermID
        let low: TermID
        switch node(term) {
        case .concatenate(let first, let second): (high, low) = (first, second)
        case .extend(.zero, let operand): (high, low) = (constant(0, width(term) - width(operand)), operand)
        case .truth, .constant, .variable, .not, .connective, .relation, .unary, .binary, .extract, .extend,
            .select:
            return nil
        }
        let split = width(low)
        return concatenate(
            high: binary(operation, high, constant(value >> UInt128(split), width(high))),
            low: binary(operation, low, constant(value & UInt128.mask(split), split)))
    }
}
