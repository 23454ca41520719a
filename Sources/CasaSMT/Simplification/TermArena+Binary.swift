// Binary operations: constants are folded, a constant operand of a commutative operation stands right, and
// what a rule does not rewrite is made as it is.

extension TermArena {
    func binary(_ operation: BinaryOperation, _ left: TermID, _ right: TermID) -> TermID {
        guard simplifies else { return intern(.binary(operation, left, right), sorts[left.index]) }
        var (left, right) = (left, right)
        switch (constantValue(left), constantValue(right)) {
        case (let first?, let second?):
            return constant(operation.apply(first, second, width: width(left)), width(left))
        case (nil, nil) where operation.isCommutative && right < left,
            (_?, nil) where operation.isCommutative:
            swap(&left, &right)
        case (nil, _?), (nil, nil), (_?, nil): break
        }
        return rewrite(operation, left, right) ?? order(operation, left, right)
            ?? intern(.binary(operation, left, right), sorts[left.index])
    }

    func unary(_ operation: UnaryOperation, _ operand: TermID) -> TermID {
        let plain = Node.unary(operation, operand)
        guard simplifies else { return intern(plain, sorts[operand.index]) }
        switch (operation, node(operand)) {
        case (_, .constant(let value)):
            return constant(operation.apply(value, width: width(operand)), width(operand))
        case (.complement, .unary(.complement, let inner)), (.negate, .unary(.negate, let inner)):
            return inner
        case (.negate, .binary(.subtract, let left, let right)): return binary(.subtract, right, left)
        case (_, _): return intern(plain, sorts[operand.index])
        }
    }

    private func rewrite(_ operation: BinaryOperation, _ left: TermID, _ right: TermID) -> TermID? {
        switch operation {
        case .add: rewriteSum(left, right)
        case .subtract: rewriteDifference(left, right)
        case .multiply: rewriteProduct(left, right)
        case .unsignedDivide, .unsignedRemainder, .signedDivide, .signedRemainder:
            rewriteDivision(operation, left, right)
        case .and: rewriteAnd(left, right)
        case .or: rewriteOr(left, right)
        case .exclusiveOr: rewriteExclusiveOr(left, right)
        case .shiftLeft, .shiftRight, .signedShiftRight: rewriteShift(operation, left, right)
        }
    }
}
