internal import CasaDiagnostics
internal import CasaPolicyIR
internal import CasaPolicyLang

/// Asks whether an agent of a system can reach the auth service, from which its tokens come.
///
/// The implicit rule `casa-runtime` sees to it; this asks only where that rule is switched off.
enum UnreachableAuthService: Question {
    static func findings(in policies: CheckedPolicies) -> [Diagnostic] {
        policies.workloads.compactMap { workload in
            guard
                let namespace = policies.namespace(workload.id.namespace),
                namespace.disabledImplicitRules.contains(.casaRuntime),
                let part = policies.parts(of: workload.id).first(where: { $0.application.type == .agent }),
                !part.system.enabledToolChecks.isEmpty,
                !policies.policies(on: workload.id).contains(where: namesAuthService)
            else { return nil }
            return Diagnostic(
                .unreachableAuthService, at: part.application.name.origin,
                "agent `\(part.application.name.value)` cannot reach the auth service",
                label: "needs tokens for its tool checks"
            )
            .also(namespace.origin, "this namespace switches the implicit rule `casa-runtime` off")
            .help("add an endpoint `casa-auth-service` to its policy, or switch the implicit rule on")
        }
    }

    /// Upstream's names: the Service `casa-auth-service`, or another in the runtime's namespace.
    private static func namesAuthService(_ policy: CheckedPolicy) -> Bool {
        policy.endpoints.flatMap(\.grants).contains { grant in
            guard case .service(let service) = grant.peer else { return false }
            return service.name == "casa-auth-service" || service.namespace == "casa-runtime"
        }
    }
}
