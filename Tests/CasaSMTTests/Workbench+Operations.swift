import CasaSMT

extension Workbench {
    typealias Bits = Sample<BitVector>
    typealias Truth = Sample<Boolean>

    func binary(_ operation: BinaryOperation, _ left: Bits, _ right: Bits) -> Bits {
        let width = left.term.width
        return check(
            left.term.apply(operation, right.term),
            zip(left.values, right.values).map { Reference.apply(operation, $0, $1, width) },
            "\(operation) of \(left.term) and \(right.term)")
    }

    func unary(_ operation: UnaryOperation, _ operand: Bits) -> Bits {
        let width = operand.term.width
        return check(
            operand.term.apply(operation), operand.values.map { Reference.apply(operation, $0, width) },
            "\(operation) of \(operand.term)")
    }

    func relation(_ relation: Relation, _ left: Bits, _ right: Bits) -> Truth {
        let width = left.term.width
        return check(
            left.term.compare(relation, right.term),
            zip(left.values, right.values).map { Reference.holds(relation, $0, $1, width) ? 1 : 0 },
            "\(relation) of \(left.term) and \(right.term)")
    }

    func concatenate(_ high: Bits, _ low: Bits) -> Bits {
        let shift = low.term.width
        return check(
            high.term.concatenated(withLow: low.term),
            zip(high.values, low.values).map { ($0 << shift) + $1 },
            "\(high.term) above \(low.term)")
    }

    /// Every run of neighbouring bits.
    func parts(_ operand: Bits) -> [Bits] {
        let width = operand.term.width
        return (0..<width).flatMap { low in
            (low + 1...width).map { high in
                check(
                    operand.term[low..<high], operand.values.map { ($0 >> low) % (1 << (high - low)) },
                    "bits \(low)..<\(high) of \(operand.term)")
            }
        }
    }

    func extend(_ kind: Extension, _ operand: Bits, by bits: Int) -> Bits {
        let width = operand.term.width
        return check(
            operand.term.extended(kind, to: width + bits),
            operand.values.map { Reference.extend(kind, $0, from: width, to: width + bits) },
            "\(kind) extension by \(bits) of \(operand.term)")
    }

    func not(_ operand: Truth) -> Truth {
        check(!operand.term, operand.values.map { 1 - $0 }, "not \(operand.term)")
    }

    func connective(_ connective: Connective, _ left: Truth, _ right: Truth) -> Truth {
        check(
            left.term.apply(connective, right.term),
            zip(left.values, right.values).map { Reference.apply(connective, $0 == 1, $1 == 1) ? 1 : 0 },
            "\(connective) of \(left.term) and \(right.term)")
    }

    func select(_ condition: Truth, _ consequent: Bits, _ alternative: Bits) -> Bits {
        check(
            condition.term.select(consequent.term, else: alternative.term),
            condition.values.indices.map {
                condition.values[$0] == 1 ? consequent.values[$0] : alternative.values[$0]
            },
            "\(condition.term) ? \(consequent.term) : \(alternative.term)")
    }

    func select(_ condition: Truth, _ consequent: Truth, _ alternative: Truth) -> Truth {
        check(
            condition.term.select(consequent.term, else: alternative.term),
            condition.values.indices.map {
                condition.values[$0] == 1 ? consequent.values[$0] : alternative.values[$0]
            },
            "\(condition.term) ? \(consequent.term) : \(alternative.term)")
    }
}
