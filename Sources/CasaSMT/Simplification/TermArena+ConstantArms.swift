// Choices between constants: what comparisons leave in a register. They are truths in disguise.

extension TermArena {
    /// A bitwise operation on two single bits that are truths.
    func joinTruths(_ operation: BinaryOperation, _ left: TermID, _ right: TermID) -> TermID? {
        guard width(left) == 1, let first = truth(ofBit: left), let second = truth(ofBit: right) else {
            return nil
        }
        let joined: TermID
        switch operation {
        case .and: joined = connective(.and, first, second)
        case .or: joined = connective(.or, first, second)
        case .exclusiveOr: joined = not(connective(.iff, first, second))
        case .add, .subtract, .multiply, .unsignedDivide, .unsignedRemainder, .signedDivide, .signedRemainder,
            .shiftLeft, .shiftRight, .signedShiftRight:
            return nil
        }
        return select(joined, constant(1, 1), constant(0, 1))
    }

    /// When a bit is one, where that is a truth.
    private func truth(ofBit term: TermID) -> TermID? {
        guard case .select(let condition, let consequent, let alternative) = node(term),
            let first = constantValue(consequent), let second = constantValue(alternative), first != second
        else { return nil }
        return first == 1 ? condition : not(condition)
    }

    /// A bitwise operation on two numbers of which only the lowest bit may be set, on that bit.
    func narrowBitwise(_ operation: BinaryOperation, _ left: TermID, _ right: TermID) -> TermID? {
        let width = width(left)
        let zeros =
            operation == .and
            ? max(leadingZeros(left), leadingZeros(right)) : min(leadingZeros(left), leadingZeros(right))
        guard zeros > 0, zeros + 1 == width else { return nil }
        return extend(
            .zero,
            binary(
                operation, extract(left, low: 0, width: width - zeros),
                extract(right, low: 0, width: width - zeros)),
            to: width)
    }
}
