import CasaBPF
import Testing

@Suite(
    .enabled("needs the BPF conformance suite") { ConformanceSuite.isPresent || ConformanceSuite.isRequired })
struct InterpreterConformanceTests {
    @Test("the suite is there")
    func suiteIsPresent() {
        #expect(ConformanceSuite.isPresent, "no vectors in \(ConformanceSuite.folder)")
    }

    @Test("the interpreter does what the suite says", arguments: ConformanceSuite.files)
    func interpreterConforms(file: String) throws {
        let vector = try ConformanceVector(parsing: ConformanceSuite.text(of: file))
        switch vector.expectation {
        case .result(let expected): #expect(try Self.run(vector) == expected)
        case .error(let message):
            #expect(throws: (any Error).self, "\(message)") { try Self.run(vector) }
        }
    }

    @Test("what the suite assembles to is read and written back unchanged", arguments: ConformanceSuite.files)
    func encodingIsFaithful(file: String) throws {
        let vector = try ConformanceVector(parsing: ConformanceSuite.text(of: file))
        guard case .result = vector.expectation else { return }
        let slots = try vector.slots()
        let program = try Program(decoding: slots, accepting: .registerCalls)
        #expect(program.encoded == slots)
        #expect(Disassembler(program).lines.count >= program.steps.count)
    }

    private static func run(_ vector: ConformanceVector) throws -> UInt64 {
        let program = try Program(decoding: vector.slots(), accepting: .registerCalls)
        let helpers = HelperTable()
        // The suite's only helper: it gives back its argument.
        helpers.define(5) { arguments, _ throws(Trap) in try arguments.word(.r1) }
        let memory = ConcreteMemory()
        let address = vector.memory.isEmpty ? 0 : memory.allocate(vector.memory)
        return try Interpreter(program, environment: helpers)
            .run(arguments: [address, UInt64(vector.memory.count)], memory: memory).result
    }
}
