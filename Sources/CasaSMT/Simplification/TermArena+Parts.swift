// Concatenations lean to the right and hold no two neighbours that are one; a zero in front is an extension.

extension TermArena {
    func extract(_ term: TermID, low: Int, width: Int) -> TermID {
        let plain = Node.extract(term, low: low)
        guard simplifies else { return intern(plain, .bits(width)) }
        if width == self.width(term) { return term }
        switch node(term) {
        case .constant(let value): return constant(value >> UInt128(low) & UInt128.mask(width), width)
        case .extract(let inner, let offset): return extract(inner, low: offset + low, width: width)
        case .concatenate(let high, let lower):
            let split = self.width(lower)
            if low + width <= split { return extract(lower, low: low, width: width) }
            if split <= low { return extract(high, low: low - split, width: width) }
            return concatenate(
                high: extract(high, low: 0, width: low + width - split),
                low: extract(lower, low: low, width: split - low))
        case .extend(let kind, let inner):
            let split = self.width(inner)
            if low + width <= split { return extract(inner, low: low, width: width) }
            if kind == .zero, split <= low { return constant(0, width) }
            // Above the number there is nothing but its sign.
            let first = min(low, split - 1)
            return extend(kind, extract(inner, low: first, width: split - first), to: width)
        case .binary(let operation, let left, let right) where operation.isBitwise:
            // Not through chains of them, which may be long.
            guard constantValue(right) != nil, !isBitwise(left) else { return intern(plain, .bits(width)) }
            return binary(
                operation, extract(left, low: low, width: width), extract(right, low: low, width: width))
        case .select:
            return extractFromChoice(term, low: low, width: width) ?? intern(plain, .bits(width))
        case .truth, .variable, .not, .connective, .relation, .unary, .binary:
            return intern(plain, .bits(width))
        }
    }

    func concatenate(high: TermID, low: TermID) -> TermID {
        let width = width(high) + width(low)
        guard simplifies else { return intern(.concatenate(high: high, low: low), .bits(width)) }
        if constantValue(high) == 0 { return extend(.zero, low, to: width) }
        switch node(high) {
        case .extend(.zero, let inner):
            return extend(.zero, concatenate(high: inner, low: low), to: width)
        case .concatenate(let first, let second):
            return concatenate(high: first, low: concatenate(high: second, low: low))
        case .truth, .constant, .variable, .not, .connective, .relation, .unary, .binary, .extract, .extend,
            .select:
            break
        }
        if let joined = join(high, low) { return joined }
        if case .concatenate(let neighbour, let rest) = node(low), let joined = join(high, neighbour) {
            return concatenate(high: joined, low: rest)
        }
        return intern(.concatenate(high: high, low: low), .bits(width))
    }

    func extend(_ kind: Extension, _ term: TermID, to width: Int) -> TermID {
        guard width > self.width(term) else { return term }
        let plain = Node.extend(kind, term)
        guard simplifies else { return intern(plain, .bits(width)) }
        switch node(term) {
        case .constant(let value):
            return constant(kind.apply(value, from: self.width(term), to: width), width)
        // What was widened with zeros is not negative.
        case .extend(.zero, let inner): return extend(.zero, inner, to: width)
        case .extend(.sign, let inner) where kind == .sign: return extend(.sign, inner, to: width)
        case .truth, .variable, .not, .connective, .relation, .unary, .binary, .extract, .concatenate,
            .extend,
            .select:
            return intern(plain, .bits(width))
        }
    }

    private func isBitwise(_ term: TermID) -> Bool {
        guard case .binary(let operation, _, _) = node(term) else { return false }
        return operation.isBitwise
    }

    /// Two neighbours as one: constants, what were neighbours before, choices.
    private func join(_ high: TermID, _ low: TermID) -> TermID? {
        let width = width(high) + width(low)
        switch (node(high), node(low)) {
        case (.constant(let first), .constant(let second)):
            return constant(first << UInt128(self.width(low)) | second, width)
        case (.constant(let first), .extend(.zero, let inner)):
            let split = self.width(inner)
            return concatenate(
                high: constant(first << UInt128(self.width(low) - split), width - split), low: inner)
        case (.extract(let first, let upper), .extract(let second, let lower))
        where first == second && upper == lower + self.width(low):
            return extract(first, low: lower, width: width)
        case (_, _): return joinChoices(high, low)
        }
    }
}

extension BinaryOperation {
    /// Whether each bit of the result depends on the operands' bits in its place alone.
    fileprivate var isBitwise: Bool {
        switch self {
        case .and, .or, .exclusiveOr: true
        case .add, .subtract, .multiply, .unsignedDivide, .unsignedRemainder, .signedDivide, .signedRemainder,
            .shiftLeft, .shiftRight, .signedShiftRight:
            false
        }
    }
}
