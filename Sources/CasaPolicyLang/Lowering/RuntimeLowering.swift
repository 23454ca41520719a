internal import CasaDiagnostics
internal import CasaPolicyIR

/// What the runtime of a namespace needs of the documents.
struct RuntimeLowering {
    /// Those of the namespace.
    let systems: [CheckedSystem]
    let policies: [CheckedPolicy]

    var tables: RuntimeTables {
        RuntimeTables(
            systems: systems.map(system).sorted { $0.name < $1.name },
            permissions: policies.flatMap(permissions)
                .sorted { ($0.workload, $0.endpoint, $0.port) < ($1.workload, $1.endpoint, $1.port) })
    }

    private func system(_ system: CheckedSystem) -> RuntimeTables.System {
        RuntimeTables.System(
            name: system.name.value, displayName: system.displayName,
            enabledToolChecks: system.enabledToolChecks.map(\.rawValue).sorted(),
            llmHost: system.llmHost?.value.description,
            applications: system.applications.map { application in
                RuntimeTables.Application(
                    name: application.name.value, type: application.type.rawValue,
                    workload: application.workload.value.description,
                    host: "\(application.host.value):\(application.port)", scheme: application.scheme,
                    promptFieldJSONPath: application.promptFieldJSONPath)
            }.sorted { $0.name < $1.name })
    }

    private func permissions(of policy: CheckedPolicy) -> [RuntimeTables.Permission] {
        let protocols = policy.allowedProtocols.map(\.value.rawValue).sorted()
        return policy.endpoints.map { endpoint in
            RuntimeTables.Permission(
                workload: policy.target.value.description, endpoint: endpoint.text, port: endpoint.port,
                protocols: protocols)
        }
    }
}
