import CasaBPF
import CasaSMT
import CasaVerify
import Testing

/// What the model does not cover, and by which name it is refused.
@Suite("refusals of the symbolic machine")
struct RefusalTests {
    private func trap(_ assembly: String, solver: Solver? = nil) throws -> Trap? {
        let trial = try SymbolicTrial(assembly, solver: solver)
        let byPaths = #expect(throws: Fault.self) { try trial.paths() }
        let joined = #expect(throws: Fault.self) { try trial.joined() }
        #expect(joined?.trap == byPaths?.trap)
        #expect(joined?.slot == byPaths?.slot)
        return joined?.trap
    }

    @Test("a write whose place depends on the input, without a solver or with too many places")
    func symbolicStore() throws {
        let code = """
            add %r1, %r2
            stxb [%r1], %r2
            mov %r0, 0
            exit
            """
        #expect(try trap(code) == .unsupported("a place that depends on the input"))
        #expect(try trap(code, solver: Solver()) == .unsupported("a place with more than 64 possible values"))
    }

    @Test("a helper that nobody modelled")
    func unknownHelper() throws {
        #expect(try trap("mov %r1, 0\ncall 99\nexit") == .unknownHelper(99))
    }

    @Test("a read at null, and at what is no address")
    func badAddresses() throws {
        #expect(try trap("mov %r3, 0\nldxb %r0, [%r3]\nexit") == .unsupported("a read at 0x0"))
        #expect(try trap("ldxb %r0, [%r2]\nexit") == .unsupported("a read at an unknown place"))
        let tooMany = Trap.unsupported("a place with more than 64 possible values")
        #expect(try trap("ldxb %r0, [%r2]\nexit", solver: Solver()) == tooMany)
    }

    @Test("what lies outside of the memory, or of the stack")
    func outOfBounds() throws {
        #expect(try trap("ldxw %r0, [%r1+13]\nexit") == .unsupported("a read of 4 bytes at 13 of memory"))
        #expect(try trap("stxb [%r10], %r2\nexit") == .unsupported("a write at offset 512 of stack 0"))
    }

    @Test("a register that has a word on one side only")
    func halfInitialised() throws {
        let code = """
            jgt %r2, 5, skip
            mov %r3, 1
            skip:
            mov %r0, %r3
            exit
            """
        #expect(try trap(code) == .uninitialisedRegister(.r3))
        #expect(try trap("mov %r1, 1\ncall 7\nmov %r0, %r1\nexit") == .uninitialisedRegister(.r1))
    }

    @Test("a loop without an end")
    func endless() throws {
        let trial = try SymbolicTrial("again:\nadd %r2, 1\nja again\nexit")
        let joined = #expect(throws: Fault.self) { try trial.joined(stepLimit: 1_000) }
        #expect(joined?.trap == .budget)
        let byPaths = #expect(throws: Fault.self) { try trial.paths(stepLimit: 1_000) }
        #expect(byPaths?.trap == .budget)
    }

    @Test("a function that calls itself")
    func recursion() throws {
        #expect(try trap("call local f\nexit\nf:\ncall local f\nexit") == .callDepth)
    }

    @Test("a call of what depends on the input")
    func symbolicCall() throws {
        #expect(try trap("call %r2\nexit") == .unsupported("a call of what a register holds"))
    }

    @Test("a map that is none of the world's")
    func unknownMap() throws {
        let program = try Program([
            .loadImmediate64(.r0, .mapValue(.descriptor(3), offset: 0)), .exit,
        ])
        let fault = #expect(throws: Fault.self) { try SymbolicTrial(program, solver: nil).joined() }
        #expect(fault?.trap == .unknownMap(.descriptor(3)))
    }
}
