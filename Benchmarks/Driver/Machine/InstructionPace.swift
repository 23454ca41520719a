internal import CasaBPF

/// How fast the interpreter is where nothing but instructions is executed.
enum InstructionPace {
    private static let rounds = 9

    /// Arithmetic, loads, stores and a branch, as in a program that reads a table.
    private static let text = """
        mov %r0, 0
        mov %r3, 500000
        mov %r6, %r1
        loop:
        mov %r4, %r3
        and %r4, 0xff8
        mov %r5, %r6
        add %r5, %r4
        ldxdw %r2, [%r5]
        add %r2, %r3
        stxdw [%r5], %r2
        stxdw [%r10-8], %r2
        ldxw %r2, [%r10-8]
        add32 %r0, %r2
        sub %r3, 1
        jne %r3, 0, loop
        exit
        """

    static func nanoseconds() throws -> Double {
        let interpreter = Interpreter(try Program(decoding: AssemblyParser.parse(text).slots))
        let memory = ConcreteMemory()
        let buffer = memory.allocate(4096)
        var count = 0
        let seconds = try Timing.fastest(of: rounds) {
            count = try interpreter.run(arguments: [buffer], memory: memory, budget: 1 << 32).instructionCount
        }
        return seconds / Double(count) * 1e9
    }
}
