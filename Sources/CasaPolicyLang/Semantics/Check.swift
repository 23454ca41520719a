package import CasaDiagnostics
internal import CasaPolicyIR

/// Resolves every name in the documents, or says which it cannot.
package struct Check {
    package init() {}

    package func run(
        _ syntax: PolicySyntax, reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> CheckedPolicies {
        DuplicateResources.report(in: syntax, to: &diagnostics)
        let cluster = ClusterView(syntax, reporting: &diagnostics)
        let systems = syntax.systems.map { SystemCheck(cluster: cluster).check($0, reporting: &diagnostics) }
        let check = PolicyCheck(cluster: cluster, applications: ApplicationIndex(systems))
        let policies = syntax.policies.map { check.check($0, reporting: &diagnostics) }
        try diagnostics.throwIfFailed()
        return CheckedPolicies(
            namespaces: cluster.managedNamespaces, workloads: cluster.workloads.workloads, systems: systems,
            policies: policies)
    }
}

/// Finds objects written twice: Kubernetes would keep the last, and nobody would know which that is.
enum DuplicateResources {
    static func report(in syntax: PolicySyntax, to diagnostics: inout DiagnosticBag) {
        report("MultiAgentSystem", syntax.systems.map(\.metadata), to: &diagnostics)
        report("CASAPolicy", syntax.policies.map(\.metadata), to: &diagnostics)
        report("Service", syntax.services.map(\.metadata), to: &diagnostics)
        report("EndpointSlice", syntax.endpointSlices.map(\.metadata), to: &diagnostics)
        report("NetworkPolicy", syntax.networkPolicies.map(\.metadata), to: &diagnostics)
        report("Namespace", syntax.namespaces.map(\.metadata), areNamespaced: false, to: &diagnostics)
        for kind in WorkloadID.Kind.allCases {
            let documents = syntax.workloads.filter { $0.kind.value == kind }
            report(kind.rawValue, documents.map(\.metadata), to: &diagnostics)
        }
    }

    private static func report(
        _ kind: String, _ objects: [ResourceMetadata], areNamespaced: Bool = true,
        to diagnostics: inout DiagnosticBag
    ) {
        var seen: [String: SourceRange] = [:]
        for object in objects {
            let name = areNamespaced ? "\(object.space)/\(object.name.value)" : object.name.value
            guard let first = seen[name] else {
                seen[name] = object.name.origin
                continue
            }
            diagnostics.report(
                Diagnostic(
                    .duplicateResource, at: object.name.origin, "\(kind) `\(name)` is defined twice",
                    label: "again here"
                )
                .also(first, "first defined here")
                .help("remove one of them, or give it another name"))
        }
    }
}

extension ResourceMetadata {
    /// The namespace, where an absent one is `default`.
    var space: String { namespace?.value ?? "default" }
}
