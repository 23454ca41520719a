internal import CasaDiagnostics
internal import CasaPolicyIR
internal import CasaPolicyLang

/// Asks whether two policies on one workload name two different LLM endpoints.
enum ConflictingLLMEndpoints: Question {
    static func findings(in policies: CheckedPolicies) -> [Diagnostic] {
        policies.workloads.compactMap { workload in
            let endpoints = policies.policies(on: workload.id).compactMap(\.llmEndpoint)
            guard let first = endpoints.first, let other = endpoints.first(where: { $0.text != first.text })
            else {
                return nil
            }
            return Diagnostic(
                .conflictingLLMEndpoints, at: other.origin,
                "two different LLM endpoints for `\(workload.id)`: `\(first.text)` and `\(other.text)`",
                label: "says `\(other.text)`"
            )
            .also(first.origin, "says `\(first.text)`")
            .help("keep one `llmEndpoint` for each workload")
        }
    }
}
