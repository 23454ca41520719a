package import CasaDiagnostics
package import CasaPolicyLang

/// Asks every question about a set of policies.
///
/// One question a file. The ground ones need no solver: what they look at is finite and in front of them.
package struct Analysis: Sendable {
    package init() {}

    /// The findings, in the order of the questions.
    package func findings(in policies: CheckedPolicies) -> [Diagnostic] {
        Self.questions.flatMap { $0.findings(in: policies) }
    }

    static let questions: [any Question.Type] = [
        ClosedEndpoints.self, ConflictingLLMEndpoints.self, DuplicateEndpoints.self, EmptyPolicies.self,
        HostNetworkCallers.self, LLMHostMismatch.self, SharedAgents.self, UnreachableAuthService.self,
        UnreachableResolver.self,
        WorkloadsWithoutPolicy.self,
    ]
}

/// One question about a set of policies.
protocol Question: Sendable {
    static func findings(in policies: CheckedPolicies) -> [Diagnostic]
}
