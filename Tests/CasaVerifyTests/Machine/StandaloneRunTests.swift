import CasaBPF
import CasaSMT
import CasaVerify
import Testing

@Suite("a program by itself")
struct StandaloneRunTests {
    private func run(_ assembly: String, _ memory: [UInt8] = []) throws -> StandaloneRun {
        try StandaloneRun(
            Program(decoding: AssemblyParser.parse(assembly).slots, accepting: .registerCalls), memory: memory
        )
    }

    @Test(
        "both machines return the same",
        arguments: [
            // The length decides how long the loop is; each byte, which way it takes.
            """
            mov %r0, 0
            again:
            jeq %r2, 0, done
            ldxb %r3, [%r1]
            jset %r3, 1, odd
            add %r0, %r3
            ja next
            odd:
            mul %r0, 3
            next:
            add %r1, 1
            sub %r2, 1
            ja again
            done:
            exit
            """,
            // A byte decides where the next one is.
            """
            ldxb %r3, [%r1]
            and %r3, 7
            add %r3, %r1
            ldxb %r0, [%r3]
            stxdw [%r3], %r2
            ldxdw %r4, [%r1]
            add %r0, %r4
            div %r0, %r2
            exit
            """,
            """
            ldxw %r3, [%r1]
            ldxw %r4, [%r1+4]
            ldxdw %r0, [%r1+8]
            lock cmpxchg [%r1+8], %r4
            lock fetch add32 [%r1], %r4
            mod %r0, %r3
            ldxdw %r5, [%r1]
            xor %r0, %r5
            exit
            """,
        ])
    func agree(assembly: String) throws {
        for seed in UInt8(0)..<4 {
            let memory = (0..<UInt8(24)).map { $0 &* 37 &+ seed &* 91 &+ 5 }
            let run = try run(assembly, memory)
            #expect(try run.determined() == .value(run.interpreted()))
        }
    }

    @Test("without memory the pointer is null")
    func noMemory() throws {
        #expect(try run("mov %r0, %r1\nadd %r0, %r2\nexit").determined() == .value(0))
    }

    @Test("what nobody wrote is not determined")
    func ambiguous() throws {
        guard case .ambiguous(let one, let other) = try run("ldxdw %r0, [%r10-8]\nexit").determined() else {
            Issue.record("a value was found")
            return
        }
        #expect(one != other)
        #expect(try run("ldxdw %r0, [%r10-8]\nxor %r0, %r0\nexit").determined() == .value(0))
    }

    @Test(
        "a program that stops in one machine stops in the other",
        arguments: [
            "ldxb %r0, [%r1]\nexit", "mov %r0, %r3\nexit", "call 6\nexit", "mov %r3, -1\ncall %r3\nexit",
            "again:\nja again\nexit",
        ])
    func stops(assembly: String) throws {
        let run = try run(assembly)
        #expect(throws: Fault.self) { try run.interpreted() }
        #expect(throws: SymbolicRunError.self) { try run.determined() }
    }

    @Test("a solver without time to think leaves the question open")
    func undecided() throws {
        let code = """
            ldxdw %r3, [%r1]
            ldxdw %r4, [%r1+8]
            mov %r0, %r3
            mul %r0, %r4
            mod %r0, 1000003
            exit
            """
        let run = try run(code, [UInt8](repeating: 0xA7, count: 16))
        let determination = try run.determined(limits: SolverLimits(resources: 1))
        guard case .undecided = determination else {
            Issue.record("\(determination)")
            return
        }
    }
}
