import CasaBPF
import CasaSMT
import CasaVerify
import Testing

@Suite(
    .enabled("needs the BPF conformance suite") { ConformanceSuite.isPresent || ConformanceSuite.isRequired })
struct SymbolicConformanceTests {
    @Test("the symbolic machine does what the suite says", arguments: ConformanceSuite.files)
    func symbolicMachineConforms(file: String) throws {
        let vector = try ConformanceVector(parsing: ConformanceSuite.text(of: file))
        switch vector.expectation {
        case .result(let expected): #expect(try Self.run(vector) == .value(expected))
        case .error(let message):
            #expect(throws: (any Error).self, "\(message)") { try Self.run(vector) }
        }
    }

    private static func run(_ vector: ConformanceVector) throws -> StandaloneRun.Determination {
        let program = try Program(decoding: vector.slots(), accepting: .registerCalls)
        return try StandaloneRun(program, memory: vector.memory).determined()
    }
}
