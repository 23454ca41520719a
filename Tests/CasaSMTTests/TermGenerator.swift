import CasaSMT

/// Makes terms of every operation over two variables; the same in any arena for the same seed.
struct TermGenerator {
    let arena: TermArena
    let width: Int
    let x: BitVector
    let y: BitVector
    private var random: Random

    init(arena: TermArena, width: Int, seed: UInt64) {
        self.arena = arena
        self.width = width
        x = arena.variable("x", width: width)
        y = arena.variable("y", width: width)
        random = Random(seed: seed &* 1000 &+ UInt64(width))
    }

    /// Values for the variables, half of them near where things change.
    mutating func model() -> Model {
        Model([.init(x.variables[0], number()), .init(y.variables[0], number())])
    }

    mutating func bits(depth: Int) -> BitVector {
        guard depth > 0 else {
            switch random.below(4) {
            case 0: return x
            case 1: return y
            case _: return arena.constant(number(), width: width)
            }
        }
        switch random.below(22) {
        case 0..<13:
            let operation = BinaryOperation.allCases[random.below(BinaryOperation.allCases.count)]
            let left = bits(depth: depth - 1)
            return left.apply(operation, bits(depth: depth - 1))
        case 13, 14: return bits(depth: depth - 1).apply(UnaryOperation.allCases[random.below(2)])
        case 15: return rotated(bits(depth: depth - 1))
        case 16, 17:
            let kept = 1 + random.below(width)
            return bits(depth: depth - 1)[0..<kept].extended(Extension.allCases[random.below(2)], to: width)
        case 18 where width.isMultiple(of: 8): return bits(depth: depth - 1).reversedBytes()
        case _:
            let condition = truth(depth: depth - 1)
            let consequent = bits(depth: depth - 1)
            return condition.select(consequent, else: bits(depth: depth - 1))
        }
    }

    mutating func truth(depth: Int) -> Boolean {
        if depth > 0, random.below(3) == 0 {
            let left = truth(depth: depth - 1)
            let joined = left.apply(Connective.allCases[random.below(3)], truth(depth: depth - 1))
            return random.below(2) == 0 ? joined : !joined
        }
        let left = bits(depth: max(0, depth - 1))
        return left.compare(Relation.allCases[random.below(3)], bits(depth: max(0, depth - 1)))
    }

    private mutating func rotated(_ term: BitVector) -> BitVector {
        guard width > 1 else { return term }
        let split = 1 + random.below(width - 1)
        return term[0..<split].concatenated(withLow: term[split..<width])
    }

    private mutating func number() -> UInt128 {
        let mask = width == 128 ? UInt128.max : (1 << UInt128(width)) - 1
        let bits = UInt128(random.next()) << 64 | UInt128(random.next())
        switch random.below(4) {
        case 0: return UInt128(random.below(width + 2)) & mask
        case 1: return (1 << UInt128(random.below(width)) &- UInt128(random.below(2))) & mask
        case 2: return ~UInt128(random.below(3)) & mask
        case _: return bits & mask
        }
    }
}
