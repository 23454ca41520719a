// Constants move outwards, to the right, and meet there, so that equal pointers become equal terms; powers of
// two become parts of bit vectors.

extension TermArena {
    func rewriteSum(_ left: TermID, _ right: TermID) -> TermID? {
        if let addend = constantValue(right) {
            if addend == 0 { return left }
            let (base, offset) = offset(left)
            return offset == 0 ? nil : sum(base, offset &+ addend)
        }
        let (first, second) = (offset(left), offset(right))
        if first.offset != 0 || second.offset != 0 {
            return sum(binary(.add, first.base, second.base), first.offset &+ second.offset)
        }
        return joinDisjoint(left, right)
    }

    func rewriteDifference(_ left: TermID, _ right: TermID) -> TermID? {
        if left == right { return constant(0, width(left)) }
        if let subtrahend = constantValue(right) { return sum(left, 0 &- subtrahend) }
        if constantValue(left) == 0 { return unary(.negate, right) }
        let (first, second) = (offset(left), offset(right))
        guard first.offset != 0 || second.offset != 0 else { return nil }
        return sum(binary(.subtract, first.base, second.base), first.offset &- second.offset)
    }

    func rewriteProduct(_ left: TermID, _ right: TermID) -> TermID? {
        guard let factor = constantValue(right) else { return nil }
        if factor == 0 { return right }
        return factor.exponentOfTwo.map { shiftLeft(left, by: $0) }
    }

    func rewriteDivision(_ operation: BinaryOperation, _ left: TermID, _ right: TermID) -> TermID? {
        guard let divisor = constantValue(right) else { return nil }
        let width = width(left)
        switch operation {
        case .unsignedDivide:
            if divisor == 0 { return constant(UInt128.mask(width), width) }
            return divisor.exponentOfTwo.map { shiftRight(left, by: $0) }
        case .unsignedRemainder:
            if divisor == 0 { return left }
            return divisor.exponentOfTwo.map { keep($0, of: left) }
        case .signedDivide: return divisor == 1 ? left : nil
        case .signedRemainder:
            if divisor == 0 { return left }
            return divisor == 1 ? constant(0, width) : nil
        case .add, .subtract, .multiply, .and, .or, .exclusiveOr, .shiftLeft, .shiftRight, .signedShiftRight:
            return nil
        }
    }

    func rewriteShift(_ operation: BinaryOperation, _ left: TermID, _ right: TermID) -> TermID? {
        let width = width(left)
        if constantValue(left) == 0 { return left }
        guard let value = constantValue(right) else { return nil }
        let distance = Int(min(value, UInt128(width)))
        if distance == 0 { return left }
        switch operation {
        case .shiftLeft: return distance == width ? constant(0, width) : shiftLeft(left, by: distance)
        case .shiftRight: return distance == width ? constant(0, width) : shiftRight(left, by: distance)
        case .signedShiftRight:
            let low = min(distance, width - 1)
            return extend(.sign, extract(left, low: low, width: width - low), to: width)
        case .add, .subtract, .multiply, .unsignedDivide, .unsignedRemainder, .signedDivide, .signedRemainder,
            .and, .or, .exclusiveOr:
            return nil
        }
    }

    /// A term and a number, which may have overflowed.
    private func sum(_ term: TermID, _ addend: UInt128) -> TermID {
        binary(.add, term, constant(addend & UInt128.mask(width(term)), width(term)))
    }

    private func shiftLeft(_ term: TermID, by distance: Int) -> TermID {
        if distance == 0 { return term }
        return concatenate(
            high: extract(term, low: 0, width: width(term) - distance), low: constant(0, distance))
    }

    private func shiftRight(_ term: TermID, by distance: Int) -> TermID {
        extend(.zero, extract(term, low: distance, width: width(term) - distance), to: width(term))
    }

    /// The lowest bits, the rest zero.
    private func keep(_ bits: Int, of term: TermID) -> TermID {
        if bits == 0 { return constant(0, width(term)) }
        return extend(.zero, extract(term, low: 0, width: bits), to: width(term))
    }
}

extension UInt128 {
    /// What two is raised to, where it is a power of two.
    fileprivate var exponentOfTwo: Int? { nonzeroBitCount == 1 ? trailingZeroBitCount : nil }
}
