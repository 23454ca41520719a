import CasaBPF
import CasaNode
import CasaTestSupport
import Testing

/// The meaning of instructions, asked of the kernel.
@Suite struct RandomProgramTests {
    private static let programCount: UInt64 = 2_000

    @Test("the interpreter and the kernel compute the same in random programs", .requires(.bpf))
    func programs() throws {
        let start: [UInt8] = (0..<RandomProgram.valueBytes).map { UInt8(truncatingIfNeeded: $0 * 167 + 91) }
        let map = try TestMap(start)
        var instructions = 0
        var operations: Set<Operation> = []
        for seed in 1...Self.programCount {
            var generator = RandomProgram(seed: seed, map: map.descriptor)
            let program = try generator.generate()
            for instruction in program.instructions { operations.insert(instruction.fields.operation) }
            let ours = try Self.interpret(program, start, map.descriptor)
            instructions += ours.instructionCount
            do {
                try map.set(start)
                let result = try TestProgram(EncodedInstruction.bytes(of: program.encoded)).run()
                let value = try map.value()
                guard result != ours.result || value != ours.value else { continue }
                Issue.record(
                    """
                    seed \(seed): the interpreter returns \(ours.result) and leaves \(ours.value), \
                    the kernel \(result) and \(value)
                    \(Self.listing(program))
                    """)
            } catch {
                Issue.record("seed \(seed): \(error)\n\(Self.listing(program))")
            }
            return
        }
        print(
            """
            random programs: \(Self.programCount), \(instructions) instructions executed, \
            \(operations.count) of \(EncodingTable.rows.count) forms of instructions
            """)
        let missing = try Self.emittedOperations().subtracting(operations)
        #expect(missing.isEmpty, "emitted, but in none of the random programs")
    }

    private static func interpret(
        _ program: Program, _ start: [UInt8], _ descriptor: Int32
    ) throws -> (result: UInt32, value: [UInt8], instructionCount: Int) {
        let memory = ConcreteMemory()
        let address = memory.allocate(start)
        let handle: UInt64 = 0xCA5A << 48
        memory.maps[.descriptor(descriptor)] = .init(handle: handle, value: address)
        let helpers = HelperTable()
        helpers.define(.mapLookupElem) { arguments, memory throws(Trap) in
            guard try arguments.word(.r1) == handle else {
                throw .helperMisuse(KernelHelper.mapLookupElem.rawValue, "not the map")
            }
            return try memory.load(.word, at: try arguments.word(.r2)) == 0 ? address : 0
        }
        let execution = try Interpreter(program, environment: helpers).run(memory: memory)
        return (
            UInt32(truncatingIfNeeded: execution.result), try memory.bytes(at: address, count: start.count),
            execution.instructionCount
        )
    }

    /// What the objects of all examples consist of, templates and decisions.
    private static func emittedOperations() throws -> Set<Operation> {
        var operations: Set<Operation> = []
        for example in Examples.names {
            for generated in try ExamplePolicies.read(Examples.path(of: example)) {
                let object = try CompiledPolicy(generated).object
                #expect(object.programs.count == BPFProgramKind.allCases.count)
                for program in object.programs {
                    let code = try object.linkedProgram(named: program.name).code { _ in 1 }
                    let slots = try #require(EncodedInstruction.slots(of: code))
                    for instruction in try Program(decoding: slots).instructions {
                        operations.insert(instruction.fields.operation)
                    }
                }
            }
        }
        #expect(operations.count > 50)
        return operations
    }

    private static func listing(_ program: Program) -> String {
        Disassembler(program).text
    }
}
