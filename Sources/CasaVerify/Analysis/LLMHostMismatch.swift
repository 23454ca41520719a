internal import CasaDiagnostics
internal import CasaPolicyIR
internal import CasaPolicyLang

/// Asks whether the system of an agent names another LLM host than the policy on the agent.
///
/// `llm_host` opens nothing by itself, so the two differing means that the agent cannot reach the LLM its system
/// is said to use, or reaches one that the runtime does not recognise.
enum LLMHostMismatch: Question {
    static func findings(in policies: CheckedPolicies) -> [Diagnostic] {
        policies.policies.flatMap { policy in
            policies.parts(of: policy.target.value).compactMap { part in
                guard let endpoint = policy.llmEndpoint, let host = part.system.llmHost,
                    part.application.type == .agent
                else { return nil }
                return finding(endpoint, host.map(\.description), part.system)
            }
        }
    }

    private static func finding(
        _ endpoint: ResolvedEndpoint, _ host: Traced<String>, _ system: CheckedSystem
    ) -> Diagnostic? {
        let permitted = withoutPort(endpoint.text)
        let used = ClusterDomain.shortForm(of: host.value)
        guard permitted != used else { return nil }
        return Diagnostic(
            .llmHostMismatch, at: endpoint.origin,
            "`llmEndpoint` is `\(permitted)`, but the system uses `\(used)`",
            label: "the policy permits this host"
        )
        .also(host.origin, "`llm_host` of system `\(system.name.value)`")
        .help("make the two the same; `llm_host` opens nothing by itself")
    }

    private static func withoutPort(_ text: String) -> String {
        text.split(separator: ":").first.map(String.init) ?? text
    }
}
