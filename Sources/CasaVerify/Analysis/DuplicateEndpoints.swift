internal import CasaDiagnostics
internal import CasaPolicyLang

/// Asks whether a policy says the same endpoint twice.
enum DuplicateEndpoints: Question {
    static func findings(in policies: CheckedPolicies) -> [Diagnostic] {
        policies.policies.flatMap(findings)
    }

    private static func findings(in policy: CheckedPolicy) -> [Diagnostic] {
        var seen: [String: ResolvedEndpoint] = [:]
        var result: [Diagnostic] = []
        for endpoint in policy.endpoints {
            guard let first = seen[endpoint.text] else {
                seen[endpoint.text] = endpoint
                continue
            }
            result.append(
                Diagnostic(
                    .duplicateEndpoint, at: endpoint.origin, "endpoint `\(endpoint.text)` is written twice",
                    label: "says nothing new"
                )
                .also(first.origin, "first written here")
                .help("remove one of them"))
        }
        return result
    }
}
