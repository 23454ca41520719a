import CasaSMT
import Testing

@Suite("simplification keeps the meaning")
struct SimplificationTests {
    @Test("of every operation on every operation, for all values", arguments: 1...3)
    func allPairsOfOperations(width: Int) {
        let bench = Workbench(width: width)
        // At three bits the constants that rules know: none, one, all, the signed bounds, a mask with a hole.
        let numbers = width < 3 ? Array(0..<1 << width) : [0, 1, 3, 4, 5, 7]
        let leaves = [bench.x, bench.y] + numbers.map { bench.constant($0, width: width) }
        let (firstBits, firstTruths) = Self.operations(bench, leaves, leaves, [bench.p])
        for operand in firstBits {
            let alike = operand.term.width == width ? leaves : [bench.constant(1, width: operand.term.width)]
            _ = Self.operations(bench, [operand], alike, [bench.p])
            if operand.term.width == width { _ = Self.operations(bench, leaves, [operand], [bench.p]) }
        }
        for left in firstTruths {
            for right in firstTruths.prefix(40) {
                for connective in Connective.allCases { _ = bench.connective(connective, left, right) }
                _ = bench.select(bench.p, left, right)
                _ = bench.select(left, right, bench.p)
                _ = bench.select(left, bench.not(bench.p), right)
            }
            for (consequent, alternative) in [
                (bench.x, bench.y), (leaves[2], leaves[3]), (bench.x, leaves[2]),
            ] {
                _ = bench.select(left, consequent, alternative)
            }
        }
        #expect(bench.count > 1000 && bench.mismatches.isEmpty, "\(bench.mismatches)")
    }

    @Test("of every operation with a constant on every operation with a constant, for all values")
    func allPairsOfConstants() {
        let bench = Workbench(width: 4)
        let constants = (0..<16).map { bench.constant($0, width: 4) }
        var inner: [Workbench.Bits] = [bench.x]
        for operation in BinaryOperation.allCases {
            for constant in constants {
                inner += [
                    bench.binary(operation, bench.x, constant), bench.binary(operation, constant, bench.x),
                ]
            }
        }
        for operand in inner {
            for constant in constants {
                for operation in BinaryOperation.allCases { _ = bench.binary(operation, operand, constant) }
                for relation in Relation.allCases {
                    _ = bench.relation(relation, operand, constant)
                    _ = bench.relation(relation, constant, operand)
                }
            }
        }
        #expect(bench.mismatches.isEmpty, "\(bench.mismatches)")
    }

    @Test("of operations on choices, for all values", arguments: 1...2)
    func choices(width: Int) {
        let bench = Workbench(width: width)
        let numbers = (0..<1 << width).map { bench.constant($0, width: width) }
        let leaves = [bench.x, bench.y] + numbers
        let conditions = [bench.p, bench.relation(.unsignedLess, bench.x, bench.y)]
        var choices: [Workbench.Bits] = []
        for condition in conditions {
            for one in leaves { choices += leaves.map { bench.select(condition, one, $0) } }
        }
        let nested = choices.indices.map { index in
            bench.select(
                conditions[index % 2], leaves[index % leaves.count], choices[index * 7 % choices.count])
        }
        let parts = [bench.extend(.zero, bench.x, by: 2), bench.concatenate(bench.y, bench.x)]
            .map { bench.parts($0).filter { $0.term.width == width } }.joined()
        let ofParts = parts.flatMap { part in
            conditions.flatMap { [bench.select($0, part, bench.y), bench.select($0, numbers[1], part)] }
        }
        let all = choices + nested + ofParts
        for choice in all {
            _ = bench.parts(choice)
            let neighbours = [
                choice, bench.extend(.zero, choice, by: 1), bench.concatenate(numbers[1], choice),
                bench.extend(.zero, bench.concatenate(numbers[1], choice), by: 1),
            ]
            for other in choices + numbers {
                _ = bench.concatenate(other, choice)
                for neighbour in neighbours { _ = bench.parts(bench.concatenate(other, neighbour)) }
            }
            for number in numbers {
                for relation in Relation.allCases {
                    _ = bench.relation(relation, choice, number)
                    _ = bench.relation(relation, number, choice)
                }
            }
        }
        #expect(bench.count > 10_000 && bench.mismatches.isEmpty, "\(bench.mismatches)")
    }

    @Test("of operations on operations on operations, at random, for all values", arguments: 1...4)
    func deepTerms(width: Int) throws {
        let bench = Workbench(width: width)
        var random = Random(seed: UInt64(width))
        var bits = [bench.x, bench.y] + (0..<1 << width).map { bench.constant($0, width: width) }
        var truths = [bench.p]
        for _ in 0..<400 {
            let operand = bits[random.below(bits.count)]
            let partners = bits.filter { $0.term.width == operand.term.width }
            let partner = partners[random.below(partners.count)]
            let (moreBits, moreTruths) = Self.operations(
                bench, [operand], [partner], [truths[random.below(truths.count)]])
            // Some of each round are built upon, where they are not too large to try all values.
            bits += moreBits.shuffled(using: &random).prefix(2).filter {
                $0.term.width <= 8 && $0.term.size < 25
            }
            truths += moreTruths.shuffled(using: &random).prefix(1).filter { $0.term.size < 25 }
        }
        #expect(bench.count > 10_000 && bench.mismatches.isEmpty, "\(bench.mismatches)")
    }

    /// Every operation on some operands.
    private static func operations(
        _ bench: Workbench, _ lefts: [Workbench.Bits], _ rights: [Workbench.Bits], _ truths: [Workbench.Truth]
    ) -> ([Workbench.Bits], [Workbench.Truth]) {
        var bits: [Workbench.Bits] = []
        var results: [Workbench.Truth] = []
        for left in lefts {
            bits += bench.parts(left)
            bits += UnaryOperation.allCases.map { bench.unary($0, left) }
            for kind in Extension.allCases { bits += (1...2).map { bench.extend(kind, left, by: $0) } }
            for right in rights {
                bits += BinaryOperation.allCases.map { bench.binary($0, left, right) }
                bits.append(bench.concatenate(left, right))
                results += Relation.allCases.map { bench.relation($0, left, right) }
                for truth in truths { bits.append(bench.select(truth, left, right)) }
            }
        }
        results += results.map { bench.not($0) }
        for truth in truths {
            results.append(bench.not(truth))
            for connective in Connective.allCases {
                results += results.prefix(4).map { bench.connective(connective, truth, $0) }
            }
        }
        return (bits, results)
    }
}
