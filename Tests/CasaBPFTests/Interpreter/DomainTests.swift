import CasaBPF
import Testing

@Suite struct DomainTests {
    @Test("the paths of a program, taken together, are what the interpreter does", arguments: 0..<150)
    func pathsAgreeWithRuns(seed: Int) throws {
        var random = RandomInstructions(seed: UInt64(seed))
        let program = try Program(random.program(of: 24))
        let paths = try TermPath.all(of: program)
        let interpreter = Interpreter(program)
        for _ in 0..<8 {
            let inputs = [random.word(), random.word()]
            let taken = paths.filter { $0.isTaken(inputs) }
            #expect(taken.count == 1)
            let result = try interpreter.run(arguments: inputs).result
            #expect(taken.first?.result.value(inputs) == result, "\(Disassembler(program).text)")
        }
    }

    @Test("memory, atomics and calls mean the same in both domains")
    func memoryAgrees() throws {
        let text = """
            stxdw [%r10-8], %r1
            mov %r0, %r1
            lock cmpxchg32 [%r10-8], %r2
            lock fetch add [%r10-8], %r2
            ldxsh %r3, [%r10-7]
            xor %r0, %r3
            xor %r2, %r0
            mov %r1, %r10
            add %r1, -8
            call local f
            exit
            f:
            ldxdw %r3, [%r1]
            lock xchg [%r1], %r2
            ldxw %r0, [%r1+4]
            add %r0, %r3
            exit
            """
        let program = try Program(decoding: AssemblyParser.parse(text).slots)
        let paths = try TermPath.all(of: program)
        #expect(paths.count == 1)
        var random = RandomInstructions(seed: 5)
        for _ in 0..<100 {
            let inputs = [random.word(), random.word()]
            let result = try Interpreter(program).run(arguments: inputs).result
            #expect(paths.first?.result.value(inputs) == result)
        }
    }
}
