import CasaSMT
import Testing

@Suite("a question written down is the question")
struct ScriptTests {
    @Test("Z3 reads it back and answers the same", arguments: [1, 8, 13, 64])
    func roundTrip(width: Int) throws {
        let solver = try Solver(limits: SolverLimits(resources: 300_000))
        var kinds: Set<String> = []
        for seed in 0..<40 as Range<UInt64> {
            let arena = TermArena(simplifies: seed % 2 == 0)
            var generator = TermGenerator(arena: arena, width: width, seed: seed)
            let terms = [
                generator.truth(depth: width < 64 ? 4 : 2), generator.truth(depth: 2),
                arena.proposition("p q"),
            ]
            let text = solver.script(checking: terms).text
            switch (try solver.check(terms), try solver.check(script: text)) {
            case (.satisfiable, .satisfiable): kinds.insert("satisfiable")
            case (.unsatisfiable, .unsatisfiable): kinds.insert("unsatisfiable")
            case (.undecided, _), (_, .undecided): kinds.insert("undecided")
            case (let ours, let theirs): Issue.record("\(ours) became \(theirs):\n\(text)")
            }
        }
        #expect(kinds.isSuperset(of: ["satisfiable", "unsatisfiable"]))
    }

    @Test("a proof's text is unsatisfiable, a refutation's is not")
    func proofs() throws {
        let solver = try Solver()
        let arena = TermArena()
        let (x, y) = (arena.variable("x", width: 16), arena.variable("y", width: 16))
        solver.assume(x.isLess(than: y))
        let script = solver.script(proving: !x.equals(y), comments: ["a\nb"])
        #expect(
            script.text.hasPrefix("; a\n; b\n(set-logic QF_BV)\n") && script.text.hasSuffix("(check-sat)\n"))
        #expect(try solver.check(script: script.text) == .unsatisfiable)
        #expect(try solver.check(script: solver.script(proving: x.equals(y)).text) == .satisfiable)
    }

    @Test("it says nothing of what else the arena holds")
    func independentOfHistory() {
        let (one, other) = (TermArena(), TermArena())
        var noise = TermGenerator(arena: other, width: 16, seed: 9)
        for _ in 0..<20 { _ = noise.bits(depth: 4) }
        func text(_ arena: TermArena) -> String {
            let (a, b) = (arena.variable("a", width: 16), arena.variable("b", width: 16))
            let sum = a * b + a
            return SMTLIBScript(asserting: [sum.isLess(than: b), !sum.equals(a)]).text
        }
        #expect(text(one) == text(other))
    }

    @Test("what is used twice is written once, so that the text is as large as the question")
    func sharing() {
        let arena = TermArena()
        var term = arena.variable("x", width: 64)
        for _ in 0..<200 { term = term * term + arena.constant(1, width: 64) }
        let text = SMTLIBScript(asserting: [term.equals(term.constant(0))]).text
        #expect(text.utf8.count < 30_000)
        #expect(term.description.utf8.count < 30_000)
    }

    @Test("any name is a name, and two names are two")
    func names() throws {
        let arena = TermArena()
        let names = ["a b", "a|b", "a%20b", "bvadd", "true", "?0", "", "名", "a\\b", "$x", "x"]
        let terms = names.map { arena.proposition($0) }
        let solver = try Solver()
        // All but the last hold: if two names were one, this could not be.
        for excluded in terms.indices {
            let literals = terms.indices.map { $0 == excluded ? !terms[$0] : terms[$0] }
            #expect(try solver.check(script: SMTLIBScript(asserting: literals).text) == .satisfiable)
            #expect(try solver.check(literals) != .unsatisfiable)
        }
    }

    @Test(
        "what is no SMT-LIB is an error",
        arguments: ["(assert", "(assert $x)", "(declare-fun $x () (_ BitVec 0))"])
    func malformed(text: String) throws {
        let solver = try Solver()
        #expect(throws: SolverError.self) { try solver.check(script: text) }
        #expect(try solver.check(script: "(assert false)") == .unsatisfiable)
    }
}
