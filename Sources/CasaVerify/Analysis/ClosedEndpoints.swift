internal import CasaDiagnostics
internal import CasaPolicyLang

/// Asks whether `allowedProtocols` keeps an endpoint closed, so that it can do nothing.
enum ClosedEndpoints: Question {
    static func findings(in policies: CheckedPolicies) -> [Diagnostic] {
        policies.policies.flatMap { policy in
            (policy.endpoints + [policy.llmEndpoint].compactMap { $0 }).compactMap { endpoint in
                guard let application = endpoint.application, !policy.opens(application) else { return nil }
                return finding(endpoint, application, policy)
            }
        }
    }

    private static func finding(
        _ endpoint: ResolvedEndpoint, _ application: CheckedApplication, _ policy: CheckedPolicy
    ) -> Diagnostic {
        let needed = application.neededProtocol.rawValue
        let listed = policy.allowedProtocols.map { "`\($0.value.rawValue)`" }.joined(separator: ", ")
        var diagnostic = Diagnostic(
            .protocolNotAllowed, at: endpoint.origin,
            "endpoint `\(endpoint.text)` stays closed: it needs the protocol `\(needed)`",
            label: "is the \(application.type.rawValue) `\(application.name.value)`"
        )
        .also(application.name.origin, "declared here")
        if let first = policy.allowedProtocols.first {
            diagnostic = diagnostic.also(first.origin, "`allowedProtocols` has \(listed) only")
        }
        return diagnostic.help("add `\(needed)` to `allowedProtocols`, or remove the endpoint")
    }
}
