internal import CasaDiagnostics
internal import CasaPolicyIR
internal import CasaPolicyLang

/// Asks whether there is a policy that permits nothing beyond the implicit rules.
enum EmptyPolicies: Question {
    static func findings(in policies: CheckedPolicies) -> [Diagnostic] {
        policies.policies.filter { $0.endpoints.isEmpty && $0.llmEndpoint == nil && $0.sources.isEmpty }.map {
            Diagnostic(
                .emptyPolicy, at: $0.name.origin, "policy `\($0.qualifiedName)` permits nothing",
                label: "no endpoints, no `llmEndpoint`, no sources"
            )
            .note("`\($0.target.value)` is left with the implicit rules only")
            .help(
                "add `allowedEndpoints`, or remove the policy: a managed workload is denied by default without it"
            )
        }
    }
}
