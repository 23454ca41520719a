import CasaSMT
import Testing

@Suite("terms")
struct ArenaTests {
    @Test("the same term is made once")
    func hashConsing() {
        let arena = TermArena(simplifies: false)
        func build() -> BitVector {
            let (x, y) = (arena.variable("x", width: 32), arena.variable("y", width: 32))
            return (0..<3000).reduce(x) { term, step in (term ^ y) + arena.constant(step, width: 32) }
        }
        let first = build()
        let count = arena.termCount
        #expect(build() == first)
        #expect(arena.termCount == count)
        // Two terms a step and its constant, the variables, and what the loop began with.
        #expect(first.size == 3 * 3000 + 2)
    }

    @Test("what differs in width, part or order is another term")
    func differences() {
        let arena = TermArena(simplifies: false)
        let (x, y) = (arena.variable("x", width: 32), arena.variable("y", width: 32))
        let terms = [
            x, y, x - y, y - x, x & y, x | y, x[0..<8].zeroExtended(to: 32), x[1..<9].zeroExtended(to: 32),
            x[0..<8].signExtended(to: 32), arena.constant(1, width: 32),
            x[0..<16].concatenated(withLow: y[0..<16]),
            y[0..<16].concatenated(withLow: x[0..<16]),
        ]
        #expect(Set(terms).count == terms.count)
        #expect(arena.constant(1, width: 8).id != arena.constant(1, width: 9).id)
        #expect(arena.constant(UInt128(1) << 64, width: 128) != arena.constant(1, width: 128))
    }

    @Test("a number is unsigned or in two's complement")
    func constants() {
        let arena = TermArena()
        #expect(arena.constant(-1, width: 8).constantValue == 0xFF)
        #expect(arena.constant(255, width: 8).constantValue == 0xFF)
        #expect(arena.constant(Int128.min, width: 128).constantValue == 1 << 127)
        #expect(arena.constant(UInt128.max, width: 128).constantValue == .max)
    }

    @Test("deep terms are walked without recursion")
    func depth() throws {
        let arena = TermArena()
        let x = arena.variable("x", width: 64)
        let y = arena.variable("y", width: 64)
        let deep = (0..<100_000).reduce(x) { term, _ in (term ^ y) + x }
        let model = Model([.init(x.variables[0], 3), .init(y.variables[0], 5)])
        let expected = (0..<100_000).reduce(UInt64(3)) { value, _ in (value ^ 5) &+ 3 }
        #expect(model.value(of: deep) == UInt128(expected))
        #expect(deep.variables.map(\.name) == ["x", "y"])
        #expect(SMTLIBScript(asserting: [deep.equals(x)]).text.utf8.count > 100_000)
    }

    @Test("rules do not recurse into long chains")
    func longChains() {
        let arena = TermArena()
        let x = arena.variable("x", width: 64)
        var (term, value) = (x, UInt64(7))
        for step in 0..<100_000 as Range<UInt64> {
            term = -(((term ^ x.constant(step)) | x.constant(0)) + x.constant(3))
            value = 0 &- ((value ^ step) &+ 3)
        }
        #expect(term.equals(x.constant(value)) == x.equals(x.constant(7)))
        for step in 0..<100_000 as Range<UInt64> {
            term = (term ^ x.constant(step | 1)) & x.constant(~(step << 3 | 4))
        }
        #expect(term[3..<40].width == 37)
    }

    @Test("a cone leaves its arena and its thread")
    func cones() async {
        let cone = {
            let x = TermArena().variable("x", width: 8); return (x * x).cone
        }()
        let values = await Task.detached {
            (0..<3).map { cone.evaluate(Model([.init(cone.variables[0], $0)]))[0] }
        }.value
        #expect(values == [0, 1, 4])
    }

    @Test("a model reads well")
    func modelText() {
        let arena = TermArena()
        let (p, x) = (arena.proposition("b"), arena.variable("a", width: 16))
        let model = Model([.init(p.variables[0], 1), .init(x.variables[0], 443)])
        #expect(model.description == "a = 0x1bb (16 bits)\nb = true")
        #expect(model.value(of: arena.variable("absent", width: 8)) == 0)
    }

    @Test("widths that do not agree stop the program")
    func widths() async {
        await #expect(processExitsWith: .failure) {
            let arena = TermArena()
            _ = arena.variable("x", width: 8) + arena.variable("y", width: 9)
        }
        await #expect(processExitsWith: .failure) { _ = TermArena().variable("x", width: 129) }
        await #expect(processExitsWith: .failure) { _ = TermArena().constant(256, width: 8) }
        await #expect(processExitsWith: .failure) {
            let arena = TermArena()
            _ = arena.variable("x", width: 8)
            _ = arena.proposition("x")
        }
        await #expect(processExitsWith: .failure) {
            _ = TermArena().variable("x", width: 8) + TermArena().variable("x", width: 8)
        }
    }
}
