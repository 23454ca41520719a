internal import CasaDiagnostics
internal import CasaPolicyIR
internal import CasaPolicyLang

/// Asks whether an agent or client is part of two systems; an `mcp_server` may be shared, they may not.
enum SharedAgents: Question {
    static func findings(in policies: CheckedPolicies) -> [Diagnostic] {
        policies.workloads.compactMap { workload in
            let parts = policies.parts(of: workload.id).filter { $0.application.type != .mcpServer }
            guard let first = parts.first,
                let other = parts.first(where: { $0.system.qualifiedName != first.system.qualifiedName })
            else { return nil }
            return finding(workload.id, first, other)
        }
    }

    private static func finding(
        _ workload: WorkloadID, _ first: (system: CheckedSystem, application: CheckedApplication),
        _ other: (system: CheckedSystem, application: CheckedApplication)
    ) -> Diagnostic {
        Diagnostic(
            .sharedAgent, at: other.application.workload.origin,
            "`\(workload)` is in two systems: `\(first.system.qualifiedName)` and `\(other.system.qualifiedName)`",
            label: "here as the \(other.application.type.rawValue) `\(other.application.name.value)`"
        )
        .also(
            first.application.workload.origin,
            "here as the \(first.application.type.rawValue) `\(first.application.name.value)`"
        )
        .help("an agent or client belongs to one system; only an `mcp_server` may be shared")
    }
}

extension CheckedSystem {
    /// The name with its namespace: `namespace/name`.
    var qualifiedName: String { "\(namespace)/\(name.value)" }
}
