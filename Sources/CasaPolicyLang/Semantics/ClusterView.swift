internal import CasaDiagnostics
internal import CasaPolicyIR

/// The cluster as far as the documents describe it.
struct ClusterView {
    let managedNamespaces: [ManagedNamespace]
    let workloads: WorkloadIndex
    private let services: [ServiceSyntax]
    private let serviceNumbers: [ServiceID: Int]
    /// The Services that select a workload, by number, ascending.
    private let selecting: [WorkloadID: [Int]]
    private let serviceNames: [String: [String]]
    private let slices: [ServiceID: [EndpointSliceSyntax]]
    private let definedNamespaces: Set<String>
    private let documentedNamespaces: Set<String>

    init(_ syntax: PolicySyntax, reporting diagnostics: inout DiagnosticBag) {
        let workloads = WorkloadIndex(WorkloadDiscovery(syntax).workloads)
        let services = syntax.services
        var selecting: [WorkloadID: [Int]] = [:]
        for (number, service) in services.enumerated() {
            guard let selector = service.podSelector else { continue }
            for workload in workloads.selected(by: selector) {
                selecting[workload.id, default: []].append(number)
            }
        }
        self.workloads = workloads
        self.services = services
        self.selecting = selecting
        serviceNumbers = Dictionary(
            services.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        serviceNames = Dictionary(grouping: services, by: \.id.namespace).mapValues { $0.map(\.id.name) }
        slices = syntax.endpointSlices.reduce(into: [:]) { slices, slice in
            guard let name = slice.serviceName?.value else { return }
            slices[ServiceID(namespace: slice.metadata.space, name: name), default: []].append(slice)
        }
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
        serviceNumbers[id].map { services[$0] }
    }

    func workload(_ id: WorkloadID) -> Workload? { workloads[id] }

    /// The workloads whose pods a Service selects.
    func backends(of service: ServiceSyntax) -> [Workload] {
        service.podSelector.map(workloads.selected) ?? []
    }

    /// Other Services of the namespace that select one of the same workloads, in the order of the input.
    func services(sharing backends: [Workload], with service: ServiceSyntax) -> [ServiceSyntax] {
        Set(backends.flatMap { selecting[$0.id] ?? [] }).sorted().map { services[$0] }.filter {
            $0.id != service.id && $0.id.namespace == service.id.namespace
        }
    }

    /// The EndpointSlices that belong to a Service.
    func slices(of service: ServiceSyntax) -> [EndpointSliceSyntax] { slices[service.id] ?? [] }

    /// What a name in a namespace could have been meant to be.
    func suggestion(for name: String, in namespace: String, hosts: [String]) -> String? {
        let known = (serviceNames[namespace] ?? []) + workloads.names(in: namespace) + hosts
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
