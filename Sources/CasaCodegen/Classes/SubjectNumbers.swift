internal import CasaPolicyIR

/// The number of every subject of a namespace, for looking up many.
struct SubjectNumbers: Sendable {
    private let numbers: [WorkloadID: Int]

    init(_ policy: NamespacePolicy) {
        numbers = Dictionary(
            policy.subjects.enumerated().map { ($1.workload, $0 + 1) },
            uniquingKeysWith: { first, _ in first })
    }

    subscript(workload: WorkloadID) -> Int {
        guard let number = numbers[workload] else {
            preconditionFailure("a rule is about \(workload), which is no subject of its namespace")
        }
        return number
    }
}
