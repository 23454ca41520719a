internal import CasaDiagnostics
internal import CasaPolicyIR

/// The cluster as far as the documents describe it.
struct ClusterView {
    let managedNamespaces: [ManagedNamespace]
    let workloads: [Workload]
    let services: [ServiceSyntax]
    let endpointSlices: [EndpointSliceSyntax]
    private let definedNamespaces: Set<String>
    private let documentedNamespaces: Set<String>

    init(_ syntax: PolicySyntax, reporting diagnostics: inout DiagnosticBag) {
        services = syntax.services
        endpointSlices = syntax.endpointSlices
        workloads = WorkloadDiscovery(syntax).workloads
        managedNamespaces = ManagedNamespaceDiscovery.namespaces(in: syntax, reporting: &diagnostics)
        documentedNamespaces = Set(syntax.workloads.map(\.metadata.space))
        definedNamespaces =
            documentedNamespaces
            .union(syntax.services.map(\.metadata.space))
            .union(syntax.systems.filter { !$0.applications.isEmpty }.map(\.metadata.space))
    }

    /// Whether the input defines workloads or Services of a namespace, so that a name it lacks is a mistake.
    func defines(namespace: String) -> Bool { definedNamespaces.contains(namespace) }

    /// Whether the input has the workload documents of a namespace.
    func documentsWorkloads(of namespace: String) -> Bool { documentedNamespaces.contains(namespace) }

    func service(_ id: ServiceID) -> ServiceSyntax? {
        services.first { $0.id == id }
    }

    func workload(_ id: WorkloadID) -> Workload? {
        workloads.first { $0.id == id }
    }

    /// Workloads of any kind with this name.
    func workloads(named name: String, in namespace: String) -> [Workload] {
        workloads.filter { $0.id.namespace == namespace && $0.id.name == name }
    }

    /// The workloads whose pods a Service selects.
    func backends(of service: ServiceSyntax) -> [Workload] {
        guard let selector = service.podSelector else { return [] }
        return workloads.filter {
            $0.isDefined && selector.selects(namespace: $0.id.namespace, labels: $0.labels)
        }
    }

    /// What a name in a namespace could have been meant to be.
    func suggestion(for name: String, in namespace: String, systems: [CheckedSystem]) -> String? {
        let known =
            services.filter { $0.id.namespace == namespace }.map(\.id.name)
            + workloads.filter { $0.id.namespace == namespace }.map(\.id.name)
            + systems.filter { $0.namespace == namespace }.flatMap(\.applications).map(\.host.value)
        return closestMatch(to: name, among: Set(known).sorted())
    }
}

extension ServiceSyntax {
    var id: ServiceID { ServiceID(namespace: metadata.space, name: metadata.name.value) }

    /// `nil` for a Service without a selector.
    var podSelector: PodSelector? {
        selector.isEmpty
            ? nil
            : PodSelector(
                namespace: metadata.space,
                labels: selector.map { PodSelector.Label(key: $0.key.value, value: $0.value.value) })
    }
}
