import CasaBPF
import CasaSMT
import CasaVerify
import Testing

@Suite("exploration")
struct ExplorationTests {
    private static let inputs = [0, 1, 2, 3, 127, 128, 255].map { byte in
        SymbolicTrial.Input(
            bytes: (0..<SymbolicTrial.byteCount).map { UInt8(truncatingIfNeeded: byte &* ($0 + 1)) },
            word: UInt64(byte))
    }

    /// Both explorations end as the interpreter does; answers how many ways there are.
    @discardableResult
    private func agree(_ assembly: String, solver: Solver? = nil) throws -> Int {
        let trial = try SymbolicTrial(assembly, solver: solver)
        let joined = try trial.joined()
        let paths = try trial.paths()
        for input in Self.inputs {
            let expected = try trial.interpreted(input)
            #expect(try trial.value(of: joined, on: input) == expected, "\(input)")
            #expect(try paths.compactMap { try trial.value(of: $0, on: input) } == [expected], "\(input)")
        }
        return paths.count
    }

    @Test("a loop with a number of turns that is known ends by itself")
    func loop() throws {
        let ways = try agree(
            """
            mov %r0, 0
            mov %r3, 10
            again:
            add %r0, %r2
            lsh %r0, 1
            sub %r3, 1
            jne %r3, 0, again
            exit
            """)
        #expect(ways == 1)
    }

    @Test("a branch inside of a loop is met again in every turn")
    func branchInLoop() throws {
        let ways = try agree(
            """
            mov %r0, 0
            mov %r3, 0
            again:
            ldxb %r4, [%r1]
            jgt %r4, 100, skip
            add %r0, %r4
            skip:
            add %r1, 1
            add %r3, 1
            jlt %r3, 6, again
            exit
            """)
        #expect(ways == 64)
    }

    @Test("loops in each other, left from the inner one")
    func nestedLoops() throws {
        try agree(
            """
            mov %r0, 0
            mov %r6, 3
            outer:
            mov %r7, 2
            inner:
            add %r0, 1
            mov %r8, %r0
            mul %r8, 50
            jgt %r8, %r2, done
            sub %r7, 1
            jne %r7, 0, inner
            add %r0, 10
            sub %r6, 1
            jne %r6, 0, outer
            done:
            exit
            """)
    }

    @Test("a loop whose length the input decides is followed as far as a bound that is known")
    func boundedLoop() throws {
        let ways = try agree(
            """
            mov %r0, 0
            mov %r3, 0
            again:
            jge %r3, %r2, done
            jge %r3, 5, done
            add %r3, 1
            add %r0, %r3
            ja again
            done:
            exit
            """)
        #expect(ways == 7)
    }

    @Test("functions return early, in several frames")
    func functions() throws {
        try agree(
            """
            mov %r6, %r1
            mov %r1, %r2
            call local outer
            mov %r7, %r0
            ldxb %r1, [%r6+1]
            call local outer
            add %r0, %r7
            exit
            outer:
            mov %r6, %r1
            jgt %r1, 2, large
            mov %r0, 100
            exit
            large:
            call local inner
            jeq %r0, 7, seven
            add %r0, %r6
            exit
            seven:
            mov %r0, 1
            exit
            inner:
            jset %r1, 1, odd
            mov %r0, 7
            exit
            odd:
            mov %r0, %r1
            exit
            """)
    }

    @Test("a call through a register reaches a function of which the address was loaded, and a helper")
    func registerCalls() throws {
        try agree(
            """
            mov %r6, %r2
            mov %r1, %r2
            mov %r3, 7
            call %r3
            add %r0, %r6
            exit
            """)
        let program = try Program([
            .loadImmediate64(.r3, .function(3)), .arithmetic(.move, .bits64, .r1, .register(.r2)),
            .call(.register(.r3)), .exit,
            .arithmetic(.move, .bits64, .r0, .register(.r1)), .arithmetic(.add, .bits64, .r0, .immediate(5)),
            .exit,
        ])
        let trial = SymbolicTrial(program, solver: nil)
        for input in Self.inputs {
            #expect(try trial.value(of: trial.joined(), on: input) == trial.interpreted(input))
        }
    }

    @Test("bytes that were written one by one are read as a word, and a word byte by byte")
    func mixedSizes() throws {
        try agree(
            """
            ldxb %r3, [%r1+3]
            stxb [%r10-8], %r3
            ldxb %r3, [%r1+2]
            stxb [%r10-7], %r3
            ldxh %r3, [%r1]
            stxh [%r10-6], %r3
            stxw [%r10-4], %r2
            ldxdw %r0, [%r10-8]
            stxdw [%r1+5], %r0
            ldxw %r3, [%r1+4]
            xor %r0, %r3
            exit
            """)
    }

    @Test("a register kept on the stack of one side only is kept")
    func spills() throws {
        try agree(
            """
            stxdw [%r10-8], %r2
            stxdw [%r10-16], %r1
            jgt %r2, 100, large
            ldxb %r3, [%r1]
            stxdw [%r10-8], %r3
            large:
            ldxdw %r0, [%r10-8]
            ldxdw %r4, [%r10-16]
            ldxb %r5, [%r4+1]
            add %r0, %r5
            exit
            """)
    }

    @Test("an address that is null on one side is read behind the test for it")
    func nullableAddress() throws {
        let ways = try agree(
            """
            mov %r0, 0
            mov %r3, 0
            jgt %r2, 2, absent
            mov %r3, %r1
            add %r3, 4
            absent:
            jeq %r3, 0, out
            ldxw %r0, [%r3]
            stxb [%r3], %r2
            out:
            exit
            """)
        #expect(ways == 2)
    }

    @Test("places that depend on the input are found by the solver, one after the other")
    func symbolicPlaces() throws {
        try agree(
            """
            ldxb %r3, [%r1]
            and %r3, 7
            mov %r4, %r1
            add %r4, %r3
            ldxb %r0, [%r4+1]
            stxh [%r4+2], %r2
            mov %r4, %r1
            add %r4, 15
            sub %r4, %r3
            ldxb %r5, [%r4]
            lsh %r0, 8
            or %r0, %r5
            exit
            """, solver: Solver())
    }

    @Test("a place that may lie before or behind its memory is refused, not wrapped around")
    func placesOutside() throws {
        for constant in ["-2", "0x7ffffffffffffffe"] {
            let code = """
                lddw %r4, \(constant)
                jgt %r2, 2, add
                mov %r4, 3
                add:
                add %r4, %r1
                and %r2, 1
                add %r4, %r2
                ldxb %r0, [%r4]
                exit
                """
            #expect(throws: Fault.self) { try SymbolicTrial(code, solver: Solver()).joined() }
        }
    }

    @Test("ways that nothing can take are not followed when the solver is asked")
    func pruning() throws {
        let code = """
            mov %r0, 0
            jgt %r2, 10, large
            jgt %r2, 20, impossible
            ja out
            large:
            jlt %r2, 5, impossible
            ja out
            impossible:
            ldxb %r0, [%r1+99]
            out:
            exit
            """
        #expect(try SymbolicTrial(code, solver: Solver()).paths(prunes: true).count == 2)
        #expect(throws: Fault.self) { try SymbolicTrial(code).paths() }
    }
}
