internal import CasaBPF
internal import CasaVerify
internal import FoundationEssentials

/// How many vectors of the public conformance suite execute each form of an instruction, with the right result in both
/// machines.
struct VectorCount {
    /// How many there are.
    let total: Int
    private let counts: [Operation: Int]

    init(folder: String) throws {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let files = names.filter { $0.hasSuffix(".data") }.sorted()
        guard !files.isEmpty else { throw ParityFailure("there are no vectors in `\(folder)`") }
        var counts: [Operation: Int] = [:]
        for file in files {
            let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
            let vector = try ConformanceVector(parsing: text)
            guard case .result(let expected) = vector.expectation else { continue }
            let program = try Program(decoding: vector.slots(), accepting: .registerCalls)
            let run = StandaloneRun(program, memory: vector.memory)
            guard try run.interpreted() == expected, try run.determined() == .value(expected) else {
                throw ParityFailure("the result of `\(file)` is wrong")
            }
            for operation in try run.executedForms() { counts[operation, default: 0] += 1 }
        }
        total = files.count
        self.counts = counts
    }

    subscript(operation: Operation) -> Int { counts[operation] ?? 0 }
}
