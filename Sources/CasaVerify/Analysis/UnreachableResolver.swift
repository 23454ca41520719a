internal import CasaDiagnostics
internal import CasaPolicyIR
internal import CasaPolicyLang

/// Asks whether a workload that is to reach a name can ask for the name's addresses.
enum UnreachableResolver: Question {
    static func findings(in policies: CheckedPolicies) -> [Diagnostic] {
        policies.policies.compactMap { policy in
            guard
                let namespace = policies.namespace(policy.target.value.namespace),
                namespace.disabledImplicitRules.contains(.resolver),
                let named = (policy.endpoints + [policy.llmEndpoint].compactMap { $0 }).first(where: {
                    $0.name != nil
                }),
                !policies.policies(on: policy.target.value).flatMap(\.endpoints).contains(where: {
                    $0.port == 53
                })
            else { return nil }
            return Diagnostic(
                .unreachableResolver, at: named.origin,
                "`\(policy.target.value)` may reach `\(named.text)`, but no resolver that knows its address",
                label: "needs its name resolved"
            )
            .also(namespace.origin, "this namespace switches the implicit rule `resolver` off")
            .help("switch the implicit rule on, or add an endpoint for the resolver on port 53")
        }
    }
}
