// Comparisons are made as narrow as they can be, and what adds a constant is moved to the other side.

extension TermArena {
    func relation(_ relation: Relation, _ left: TermID, _ right: TermID) -> TermID {
        guard simplifies else { return intern(.relation(relation, left, right), .boolean) }
        var (left, right) = (left, right)
        if left == right { return truth(relation == .equal) }
        switch (constantValue(left), constantValue(right)) {
        case (let first?, let second?): return truth(relation.holds(first, second, width: width(left)))
        case (_?, nil) where relation == .equal, (nil, nil) where relation == .equal && right < left:
            swap(&left, &right)
        case (nil, _?), (nil, nil), (_?, nil): break
        }
        if let decided = compareChoice(relation, left, right) { return decided }
        let rewritten =
            switch relation {
            case .equal: rewriteEquality(left, right)
            case .unsignedLess: rewriteUnsignedLess(left, right)
            case .signedLess: rewriteSignedLess(left, right)
            }
        return rewritten ?? intern(.relation(relation, left, right), .boolean)
    }

    private func rewriteUnsignedLess(_ left: TermID, _ right: TermID) -> TermID? {
        let width = width(left)
        let ones = UInt128.mask(width)
        let (leftZeros, rightZeros) = (leadingZeros(left), leadingZeros(right))
        if let bound = constantValue(right) {
            if bound == 0 { return Self.falsehood }
            if bound == 1 { return relation(.equal, left, constant(0, width)) }
            if bound == ones { return not(relation(.equal, left, right)) }
            if leftZeros > rightZeros { return Self.truth }
        }
        if let bound = constantValue(left) {
            if bound == ones { return Self.falsehood }
            if bound == ones - 1 { return relation(.equal, right, constant(ones, width)) }
            if bound == 0 { return not(relation(.equal, right, left)) }
            if rightZeros > leftZeros { return Self.falsehood }
        }
        return narrow(.unsignedLess, left, right, by: min(leftZeros, rightZeros))
    }

    private func rewriteSignedLess(_ left: TermID, _ right: TermID) -> TermID? {
        let width = width(left)
        let least = UInt128(1) << UInt128(width - 1)
        if constantValue(right) == least || constantValue(left) == least - 1 { return Self.falsehood }
        let (leftZeros, rightZeros) = (leadingZeros(left), leadingZeros(right))
        if leftZeros > 0, rightZeros > 0 { return relation(.unsignedLess, left, right) }
        if leftZeros > 0, let bound = constantValue(right), bound >= least { return Self.falsehood }
        if rightZeros > 0, let bound = constantValue(left), bound >= least { return Self.truth }
        if case (.extend(.sign, let first), .extend(.sign, let second)) = (node(left), node(right)),
            self.width(first) == self.width(second)
        {
            return relation(.signedLess, first, second)
        }
        return nil
    }

    /// The same comparison without leading bits that are zero on both sides.
    func narrow(_ relation: Relation, _ left: TermID, _ right: TermID, by zeros: Int) -> TermID? {
        guard zeros > 0 else { return nil }
        let width = width(left) - zeros
        return self.relation(
            relation, extract(left, low: 0, width: width), extract(right, low: 0, width: width))
    }
}
