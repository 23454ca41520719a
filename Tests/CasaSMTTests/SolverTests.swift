import CasaSMT
import Testing

@Suite("an answer has three values")
struct SolverTests {
    let arena = TermArena()
    let solver: Solver
    let x: BitVector
    let y: BitVector

    init() throws {
        solver = try Solver()
        x = arena.variable("x", width: 64)
        y = arena.variable("y", width: 64)
    }

    @Test("what always holds is proved")
    func proved() throws {
        let sum = (x ^ y) + ((x & y) << x.constant(1))
        #expect(try solver.prove(sum.equals(x + y)) == .proved)
        #expect(
            try solver.prove(x.isLess(than: y), assuming: [x.equals(x.constant(3)), y.equals(y.constant(4))])
                == .proved)
    }

    @Test("what does not is refuted by values that show it")
    func refuted() throws {
        let claim = (x & x.constant(0xFF)).isLess(than: x.constant(200))
        let premise = x.isAtMost(x.constant(1000))
        guard case .refuted(let model) = try solver.prove(claim, assuming: [premise]) else {
            Issue.record("not refuted")
            return
        }
        #expect(model.holds(premise) && !model.holds(claim))
        #expect(model.entries.map(\.variable.name) == ["x"])
    }

    @Test("a hard question within a small limit is undecided, and the solver goes on")
    func undecided() throws {
        let solver = try Solver(limits: SolverLimits(resources: 1_000_000))
        let (checked, proved) = (
            try solver.check([Self.factors(x, y)]), try solver.prove(!Self.factors(x, y))
        )
        #expect(checked == .undecided(.resources), "\(checked)")
        #expect(proved == .undecided(.resources), "\(proved)")
        #expect(try solver.prove((x + y).equals(y + x)) == .proved)
        #expect(try solver.check([x.isLess(than: y), y.isLess(than: x)]) == .unsatisfiable)
        #expect(solver.statistics.escalated == 2)
    }

    @Test("a limit below what easy questions get is kept")
    func tinyLimit() throws {
        let solver = try Solver(limits: SolverLimits(resources: 20_000))
        #expect(try solver.check([Self.factors(x, y)]) == .undecided(.resources))
        #expect(solver.statistics.escalated == 0)
    }

    @Test("a limit of time is one, too")
    func outOfTime() throws {
        let limits = SolverLimits(resources: .max, time: .milliseconds(60))
        let solver = try Solver(limits: limits)
        #expect(try solver.check([Self.factors(x, y)]) == .undecided(.time))
        #expect(try solver.check([x.equals(x.constant(7)), x.isLess(than: y)]) != .unsatisfiable)
    }

    @Test("a limit of memory is one, too")
    func outOfMemory() throws {
        let solver = try Solver(limits: SolverLimits(resources: .max, memory: 1))
        #expect(try solver.check([Self.factors(x, y)]) == .undecided(.memory))
    }

    @Test("what follows from the impossible is not proved")
    func vacuous() throws {
        let never = [x.isLess(than: y), y.isLess(than: x)]
        #expect(try solver.prove(x.equals(y), assuming: never) == .undecided(.vacuousPremise))
        #expect(try solver.prove((never[0] && never[1]).implies(x.equals(y))) == .proved)
        #expect(
            try solver.prove(x.equals(y), assuming: [arena.boolean(false)]) == .undecided(.vacuousPremise))
        solver.assume(never[0])
        solver.push()
        solver.assume(never[1])
        #expect(try solver.prove(x.equals(y)) == .undecided(.vacuousPremise))
        solver.pop()
        #expect(try solver.prove(!x.equals(y)) == .proved)
    }

    @Test("whether a premise can hold is asked once")
    func premiseIsRemembered() throws {
        let premise = x.isLess(than: y)
        for distance in 1...10 {
            _ = try solver.prove(!y.equals(x.constant(0)), assuming: [premise, distanceHolds(distance)])
        }
        let before = solver.statistics.questions
        for _ in 1...10 {
            #expect(try solver.prove(!y.equals(x.constant(0)), assuming: [premise]) == .proved)
        }
        #expect(solver.statistics.questions == before + 11)
    }

    @Test("an example of the premises stands in for the question whether they can hold")
    func example() throws {
        let premise = x.isLess(than: y)
        let holds = Model([.init(y.variables[0], 1)])
        #expect(try solver.prove(!y.equals(y.constant(0)), assuming: [premise], example: holds) == .proved)
        #expect(solver.statistics.questions == 1)
        let never = [premise, y.isLess(than: x)]
        #expect(
            try solver.prove(x.equals(y), assuming: never, example: holds) == .undecided(.vacuousPremise))
    }

    @Test("the steps of all searches are counted")
    func steps() throws {
        #expect(solver.statistics.steps == 0)
        _ = try solver.prove((x & y).isAtMost(x))
        let some = solver.statistics.steps
        #expect(some > 0)
        _ = try solver.prove(x.isAtMost(x.constant(-1)))
        #expect(solver.statistics.steps == some)
        _ = try solver.check([Self.factors(x, x.constant(2_147_483_629))])
        #expect(solver.statistics.steps > some)
        #expect(try solver.check(script: "(declare-fun $x () Bool) (assert $x)") == .satisfiable)
    }

    @Test("what is folded never reaches the solver")
    func folded() throws {
        #expect(try solver.prove(x.isAtMost(x.constant(-1))) == .proved)
        #expect(try solver.check([]) == .satisfiable(Model()))
        #expect(try solver.check([x.equals(y), !x.equals(y)]) == .unsatisfiable)
        #expect(solver.statistics.folded == solver.statistics.questions)
    }

    @Test("a model has every variable of the question, also those that do not matter")
    func completeModels() throws {
        let p = arena.proposition("p")
        let wide = arena.variable("wide", width: 128)
        let question = [
            p || x.equals(x), (wide >> wide.constant(64)).equals(wide.constant(UInt128(1) << 63)),
        ]
        guard case .satisfiable(let model) = try solver.check(question) else {
            Issue.record("not satisfiable")
            return
        }
        #expect(model.entries.map(\.variable.name) == ["wide"])
        #expect(model.value(of: wide) >> 64 == 1 << 63)
        guard case .satisfiable(let other) = try solver.check([p || x.isLess(than: y)]) else {
            Issue.record("not satisfiable")
            return
        }
        #expect(other.entries.map(\.variable.name) == ["p", "x", "y"])
    }

    @Test("a model that does not satisfy its question stops the program")
    func spuriousModel() async {
        await #expect(processExitsWith: .failure) {
            let arena = TermArena()
            let x = arena.variable("x", width: 8)
            Cone(of: [x.equals(x.constant(1))]).requireSatisfied(by: Model())
        }
    }

    /// The product of two primes of 31 bits, to be taken apart.
    private static func factors(_ x: BitVector, _ y: BitVector) -> Boolean {
        let bound = x.constant(0x7FFF_FFFF)
        let small = x.isAtMost(bound) && y.isAtMost(bound) && x.constant(1).isLess(than: x) && x.isAtMost(y)
        return small && x.constant(1).isLess(than: y)
            && (x * y).equals(x.constant(2_147_483_629 * 2_147_483_587))
    }

    private func distanceHolds(_ distance: Int) -> Boolean { (y - x).equals(y.constant(distance)) }
}
