import CasaSMT
import Testing

@Suite("a solver that is asked again answers as a new one would")
struct SessionTests {
    @Test("whatever was assumed, asked and forgotten before", arguments: 0..<4 as Range<UInt64>)
    func framesAreForgotten(seed: UInt64) throws {
        let arena = TermArena()
        var generator = TermGenerator(arena: arena, width: 8, seed: seed)
        var random = Random(seed: seed)
        let solver = try Solver()
        var depth = 0
        var kinds: Set<String> = []
        for step in 0..<80 {
            switch random.below(5) {
            case 0:
                solver.push()
                depth += 1
            case 1 where depth > 0:
                solver.pop()
                depth -= 1
            case 2 where depth > 0: solver.assume(generator.truth(depth: 2))
            case _:
                let question = (0...random.below(2)).map { _ in generator.truth(depth: 3) }
                let answer = Self.kind(try solver.check(question))
                let fresh = try Solver().check(solver.premises + question)
                #expect(answer == Self.kind(fresh), "seed \(seed), step \(step)")
                kinds.insert(answer)
            }
        }
        #expect(kinds == ["satisfiable", "unsatisfiable"])
    }

    @Test("also about the terms of another arena")
    func arenasComeAndGo() throws {
        let solver = try Solver()
        for width in 1...40 {
            let arena = TermArena()
            let x = arena.variable("x", width: width)
            let y = arena.variable("y", width: width)
            #expect(try solver.prove(((x | y) - y).equals(x & ~y)) == .proved)
            #expect(try solver.prove(x.isLess(than: y), assuming: [!x.equals(y)]) != .proved)
        }
    }

    @Test("the same questions get the same models and take the same steps")
    func modelsAreTheSame() throws {
        func models() throws -> (answers: [Satisfiability], statistics: SolverStatistics) {
            let arena = TermArena()
            var generator = TermGenerator(arena: arena, width: 32, seed: 5)
            let solver = try Solver(limits: SolverLimits(resources: 2_000_000))
            let answers = try (0..<40).map { _ in
                try solver.check([generator.truth(depth: 3), generator.truth(depth: 2)])
            }
            return (answers, solver.statistics)
        }
        let first = try models()
        #expect(first.statistics.escalated > 0)
        #expect(
            first.answers.contains {
                if case .satisfiable(let model) = $0 { !model.entries.isEmpty } else { false }
            })
        let second = try models()
        #expect(second.answers == first.answers)
        #expect(second.statistics == first.statistics)
    }

    @Test("a large question goes to the thorough solver at once, with the same answer")
    func largeQuestions() throws {
        let arena = TermArena()
        let x = arena.variable("x", width: 32)
        let solver = try Solver()
        // Whether a number is in one of many ranges, asked in two ways.
        let ranges = (0..<600).map { (first: $0 * 1000, last: $0 * 1000 + 500) }
        let one = arena.disjunction(
            of: ranges.map { x.constant($0.first).isAtMost(x) && x.isAtMost(x.constant($0.last)) })
        let other = arena.disjunction(
            of: ranges.reversed().map {
                (x - x.constant($0.first)).isLess(than: x.constant($0.last - $0.first + 1))
            })
        #expect(try solver.prove(one.iff(other)) == .proved)
        #expect(solver.statistics.escalated == 1)
        guard case .refuted(let model) = try solver.prove(one.iff(other || x.equals(x.constant(501)))) else {
            Issue.record("not refuted")
            return
        }
        #expect(model.value(of: x) == 501)
    }

    private static func kind(_ answer: Satisfiability) -> String {
        switch answer {
        case .satisfiable: "satisfiable"
        case .unsatisfiable: "unsatisfiable"
        case .undecided: "undecided"
        }
    }
}
