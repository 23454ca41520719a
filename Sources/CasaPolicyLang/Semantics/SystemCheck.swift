internal import CasaDiagnostics
internal import CasaPolicyIR

/// Resolves the workloads of a system's applications.
struct SystemCheck {
    let cluster: ClusterView

    func check(_ system: MultiAgentSystemSyntax, reporting diagnostics: inout DiagnosticBag) -> CheckedSystem
    {
        let namespace = system.metadata.space
        var seen: [String: SourceRange] = [:]
        var applications: [CheckedApplication] = []
        for application in system.applications.map(\.value) {
            if let first = seen[application.name.value] {
                diagnostics.report(Self.duplicate(application.name, first: first))
            } else {
                seen[application.name.value] = application.name.origin
            }
            reportUnknownWorkload(of: application, in: namespace, to: &diagnostics)
            applications.append(checked(application, in: namespace))
        }
        return CheckedSystem(
            namespace: namespace, name: system.metadata.name, displayName: system.displayName.value,
            enabledToolChecks: system.enabledToolChecks?.value.map(\.value) ?? ToolCheck.allCases,
            llmHost: system.llmHost, applications: applications)
    }

    private func checked(_ application: ApplicationSyntax, in namespace: String) -> CheckedApplication {
        let workload = application.workloadName.map {
            cluster.workloads.workload(meantBy: $0, in: namespace)
        }
        let base = application.baseURL.value
        return CheckedApplication(
            name: application.name, type: application.type.value, workload: workload, host: base.host,
            port: base.port?.value ?? base.scheme.value.defaultPort, scheme: base.scheme.value.rawValue,
            promptFieldJSONPath: application.promptFieldJSONPath?.value)
    }

    /// Where the input has the documents of a namespace, a workload they lack is a mistake.
    private func reportUnknownWorkload(
        of application: ApplicationSyntax, in namespace: String, to diagnostics: inout DiagnosticBag
    ) {
        let name = application.workloadName
        guard cluster.documentsWorkloads(of: namespace),
            !cluster.workloads.workloads(named: name.value, in: namespace).contains(where: \.isDefined)
        else { return }
        let known = cluster.workloads.defined(in: namespace).map(\.id.name)
        diagnostics.report(
            Diagnostic(
                .unresolvedTarget, at: name.origin,
                "application `\(application.name.value)` runs as `\(name.value)`, which the input does not define",
                label: "no such workload in namespace `\(namespace)`"
            )
            .help(
                closestMatch(to: name.value, among: known.sorted()).map { "did you mean `\($0)`?" }
                    ?? "name the Deployment of the application"))
    }

    private static func duplicate(_ name: Traced<String>, first: SourceRange) -> Diagnostic {
        Diagnostic(
            .duplicateApplication, at: name.origin, "application `\(name.value)` is in this system twice",
            label: "again here"
        )
        .also(first, "first here")
        .help("give every application of a system its own name")
    }
}

extension BaseURL.Scheme {
    var defaultPort: UInt16 {
        switch self {
        case .http: 80
        case .https: 443
        }
    }
}
