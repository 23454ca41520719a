import CasaSMT

/// What the operations mean, said once more and in another way than the room says it: step by step, on small
/// numbers.
enum Reference {
    static func apply(_ operation: BinaryOperation, _ left: Int, _ right: Int, _ width: Int) -> Int {
        let (a, b) = (signed(left, width), signed(right, width))
        return switch operation {
        case .add: wrap(left + right, width)
        case .subtract: wrap(left - right, width)
        case .multiply: wrap(left * right, width)
        case .unsignedDivide: right == 0 ? wrap(-1, width) : left / right
        case .unsignedRemainder: right == 0 ? left : left % right
        case .signedDivide: b == 0 ? wrap(a < 0 ? 1 : -1, width) : wrap(a / b, width)
        case .signedRemainder: b == 0 ? left : wrap(a % b, width)
        case .and: bitwise(left, right, width) { $0 && $1 }
        case .or: bitwise(left, right, width) { $0 || $1 }
        case .exclusiveOr: bitwise(left, right, width) { $0 != $1 }
        case .shiftLeft: (0..<min(right, width)).reduce(left) { value, _ in wrap(value * 2, width) }
        case .shiftRight: (0..<min(right, width)).reduce(left) { value, _ in value / 2 }
        case .signedShiftRight:
            wrap((0..<min(right, width)).reduce(a) { value, _ in (value - (value % 2 + 2) % 2) / 2 }, width)
        }
    }

    static func apply(_ operation: UnaryOperation, _ operand: Int, _ width: Int) -> Int {
        switch operation {
        case .complement: wrap(-1, width) - operand
        case .negate: wrap(-operand, width)
        }
    }

    static func holds(_ relation: Relation, _ left: Int, _ right: Int, _ width: Int) -> Bool {
        switch relation {
        case .equal: left == right
        case .unsignedLess: left < right
        case .signedLess: signed(left, width) < signed(right, width)
        }
    }

    static func apply(_ connective: Connective, _ left: Bool, _ right: Bool) -> Bool {
        switch connective {
        case .and: left ? right : false
        case .or: left ? true : right
        case .iff: left ? right : !right
        }
    }

    static func extend(_ kind: Extension, _ operand: Int, from narrow: Int, to wide: Int) -> Int {
        switch kind {
        case .zero: operand
        case .sign: wrap(signed(operand, narrow), wide)
        }
    }

    static func wrap(_ value: Int, _ width: Int) -> Int {
        let count = 1 << width
        return (value % count + count) % count
    }

    static func signed(_ value: Int, _ width: Int) -> Int {
        value < 1 << (width - 1) ? value : value - (1 << width)
    }

    private static func bitwise(_ left: Int, _ right: Int, _ width: Int, _ rule: (Bool, Bool) -> Bool) -> Int
    {
        (0..<width).reduce(0) { sum, bit in
            sum + (rule((left >> bit) % 2 == 1, (right >> bit) % 2 == 1) ? 1 << bit : 0)
        }
    }
}
