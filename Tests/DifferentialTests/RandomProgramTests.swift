import CasaBPF
import CasaNode
import CasaTestSupport
import Foundation
import Testing

/// The meaning of instructions, asked of the kernel.
@Suite struct RandomProgramTests {
    @Test("the interpreter and the kernel compute the same in random programs", .requires(.bpf))
    func programs() throws {
        var instructions = 0
        for seed in UInt64(1)...2_000 {
            var generator = RandomProgram(seed: seed)
            let program = try generator.generate()
            let execution = try Interpreter(program).run()
            let kernel: UInt32
            do {
                kernel = try TestProgram(EncodedInstruction.bytes(of: program.encoded)).run()
            } catch {
                Issue.record("seed \(seed): \(error)\n\(Self.listing(program))")
                return
            }
            guard kernel == UInt32(truncatingIfNeeded: execution.result) else {
                Issue.record(
                    """
                    seed \(seed): the interpreter returns \(UInt32(truncatingIfNeeded: execution.result)), \
                    the kernel \(kernel)
                    \(Self.listing(program))
                    """)
                return
            }
            instructions += execution.instructionCount
        }
        print("random programs: 2000, \(instructions) instructions executed")
    }

    private static func listing(_ program: Program) -> String {
        program.instructions.map { "\($0)" }.joined(separator: "\n")
    }
}
