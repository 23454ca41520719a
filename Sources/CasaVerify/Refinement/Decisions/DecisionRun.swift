internal import CasaBPF

/// Runs a decision function in the interpreter, over the data of its object and one subject at a time.
///
/// What a counterexample is replayed with, and what decides about the keys of a table.
final class DecisionRun {
    private let function: DecisionFunction
    private let interpreter: Interpreter
    private let memory = ConcreteMemory()
    private let subjectMap: MapReference?
    private var subjects: [UInt32: UInt64] = [:]
    private var current: UInt32?

    /// No path of a tree or a probe is longer.
    private static let budget = 100_000

    init(_ function: DecisionFunction) {
        self.function = function
        interpreter = Interpreter(function.program)
        for (number, map) in function.dataMaps.enumerated() {
            let address = memory.allocate(map.bytes, .read)
            memory.maps[.descriptor(Int32(number))] = .init(handle: address, value: address)
        }
        subjectMap = function.dataMaps.firstIndex { $0.name == DecisionFunction.subjectMap }
            .map { .descriptor(Int32($0)) }
    }

    /// What the function answers; the loader writes the subject, whatever the file says.
    func answer(subject: UInt32 = 0, _ arguments: [UInt64]) throws(ProofError) -> UInt64 {
        select(subject)
        do {
            return try interpreter.run(arguments: arguments, memory: memory, budget: Self.budget).result
        } catch {
            let asked = arguments.map { "0x\(String($0, radix: 16))" }.joined(separator: ", ")
            throw .rejected("`\(function.name)` of \(asked) for subject \(subject): \(error)")
        }
    }

    private func select(_ subject: UInt32) {
        guard subject != current, let subjectMap else { return }
        let bytes = (0..<4).map { UInt8(truncatingIfNeeded: subject >> UInt32($0 * 8)) }
        let address = subjects[subject] ?? memory.allocate(bytes, .read)
        subjects[subject] = address
        memory.maps[subjectMap] = .init(handle: address, value: address)
        current = subject
    }
}
