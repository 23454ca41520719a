import CasaSMT
import Testing

@Suite("terms mean to us what they mean to Z3")
struct SemanticsTests {
    @Test("every operation on all numbers of a width", arguments: 1...8)
    func operationsOnConstants(width: Int) throws {
        // Nothing is folded here but by Z3.
        let arena = TermArena(simplifies: false)
        let solver = try Solver()
        var claims: [Boolean] = []
        for left in 0..<1 << width {
            for right in 0..<1 << width {
                let (x, y) = (arena.constant(left, width: width), arena.constant(right, width: width))
                claims += BinaryOperation.allCases.map { Self.isAsEvaluated(x.apply($0, y)) }
                for relation in Relation.allCases {
                    let term = x.compare(relation, y)
                    claims.append(term.iff(arena.boolean(Model().holds(term))))
                }
            }
        }
        #expect(try solver.prove(arena.conjunction(of: claims)) == .proved)
    }

    @Test("parts and extensions of all numbers of a width", arguments: 1...8)
    func partsOfConstants(width: Int) throws {
        let arena = TermArena(simplifies: false)
        var claims: [Boolean] = []
        for value in 0..<1 << width {
            let x = arena.constant(value, width: width)
            claims += UnaryOperation.allCases.map { Self.isAsEvaluated(x.apply($0)) }
            for kind in Extension.allCases {
                claims.append(Self.isAsEvaluated(x.extended(kind, to: width + 5)))
            }
            for low in 0..<width { claims.append(Self.isAsEvaluated(x[low..<width])) }
            claims.append(Self.isAsEvaluated(x.concatenated(withLow: ~x)))
            claims.append(Self.isAsEvaluated(x.equals(x).select(x, else: ~x)))
        }
        #expect(try Solver().prove(arena.conjunction(of: claims)) == .proved)
    }

    @Test("terms of variables, for all their values", arguments: 1...4)
    func termsOfVariables(width: Int) throws {
        let solver = try Solver()
        for seed in 0..<20 as Range<UInt64> {
            let arena = TermArena(simplifies: false)
            var generator = TermGenerator(arena: arena, width: width, seed: seed)
            let term = generator.bits(depth: 4)
            let (x, y) = (generator.x, generator.y)
            // The graph of the term, point by point, as our evaluator draws it.
            var points: [Boolean] = []
            for first in 0..<1 << width {
                for second in 0..<1 << width {
                    let model = Model([
                        .init(x.variables[0], UInt128(first)), .init(y.variables[0], UInt128(second)),
                    ])
                    let here = x.equals(x.constant(first)) && y.equals(y.constant(second))
                    points.append(here.implies(term.equals(term.constant(model.value(of: term)))))
                }
            }
            #expect(try solver.prove(arena.conjunction(of: points)) == .proved, "seed \(seed): \(term)")
        }
    }

    @Test("terms of variables at widths of machines, at random", arguments: [32, 64, 128])
    func termsOfWideVariables(width: Int) throws {
        let solver = try Solver()
        for seed in 0..<60 as Range<UInt64> {
            let plain = TermArena(simplifies: false)
            let simplifying = TermArena()
            var generator = TermGenerator(arena: plain, width: width, seed: seed)
            var twin = TermGenerator(arena: simplifying, width: width, seed: seed)
            let (term, simplified) = (generator.bits(depth: 5), twin.bits(depth: 5))
            for _ in 0..<5 {
                let model = generator.model()
                let value = model.value(of: term)
                #expect(twin.model() == model)
                #expect(model.value(of: simplified) == value, "seed \(seed): \(term) became \(simplified)")
                let here = model.entries.map { entry in
                    let variable = plain.variable(entry.variable.name, width: width)
                    return variable.equals(variable.constant(entry.value))
                }
                let claim = term.equals(term.constant(value))
                #expect(
                    try solver.prove(plain.conjunction(of: here).implies(claim)) == .proved, "seed \(seed)")
            }
        }
    }

    private static func isAsEvaluated(_ term: BitVector) -> Boolean {
        term.equals(term.constant(Model().value(of: term)))
    }
}
