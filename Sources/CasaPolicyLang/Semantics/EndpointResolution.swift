internal import CasaDiagnostics
internal import CasaPolicyIR

/// Finds what `{name, namespace, port}` stands for: a Service; else the application of a system; else a workload
/// (`spec/semantics.md`, "Endpoints").
struct EndpointResolution {
    let cluster: ClusterView
    let applications: ApplicationIndex

    func resolve(
        _ endpoint: Traced<EndpointSyntax>, reporting diagnostics: inout DiagnosticBag
    ) -> ResolvedEndpoint? {
        let request = EndpointRequest(
            name: endpoint.value.name, namespace: endpoint.value.namespace.value, port: endpoint.value.port,
            origin: endpoint.origin)
        return resolve(request, reporting: &diagnostics)
    }

    /// Under the cluster's domain an `llmEndpoint` is a Service; any other is an external name.
    func resolve(
        _ endpoint: Traced<LLMEndpointSyntax>, reporting diagnostics: inout DiagnosticBag
    ) -> ResolvedEndpoint? {
        let fqdn = endpoint.value.fqdn
        if let service = ClusterDomain.service(fqdn.value.description) {
            let request = EndpointRequest(
                name: Traced(service.name, at: fqdn.origin), namespace: service.namespace,
                port: endpoint.value.port,
                origin: endpoint.origin)
            return resolve(request, reporting: &diagnostics)
        }
        let port = endpoint.value.port.value
        return ResolvedEndpoint(
            text: "\(fqdn.value):\(port)", origin: endpoint.origin, port: port,
            grants: [Grant(peer: .name(fqdn.value), port: port, transport: .tcp)], application: nil,
            name: fqdn.value)
    }

    private func resolve(
        _ request: EndpointRequest, reporting diagnostics: inout DiagnosticBag
    ) -> ResolvedEndpoint? {
        let named = applications.applications(for: request)
        if let service = cluster.service(request.service) {
            let behind = applications(named, behind: service, at: request.port.value)
            guard behind.count <= 1 else {
                diagnostics.report(request.ambiguous(behind))
                return nil
            }
            return ServiceResolution(cluster: cluster, application: behind.first)
                .resolve(request, service, reporting: &diagnostics)
        }
        if let first = named.first {
            return resolve(request, named, first, reporting: &diagnostics)
        }
        let workloads = cluster.workloads.workloads(
            named: request.name.value, in: request.namespace)
        guard workloads.count <= 1 else {
            diagnostics.report(request.ambiguous(workloads))
            return nil
        }
        if let workload = workloads.first {
            return resolve(request, workload, reporting: &diagnostics)
        }
        return unknown(request, reporting: &diagnostics)
    }

    /// Of several applications with the Service's name as their host: those at the port, and of these those whose
    /// pods it selects.
    private func applications(
        _ named: [CheckedApplication], behind service: ServiceSyntax, at port: UInt16
    ) -> [CheckedApplication] {
        let serving = named.filter { $0.port == port }
        let candidates = serving.isEmpty ? named : serving
        guard candidates.count > 1 else { return candidates }
        let backends = Set(cluster.backends(of: service).map(\.id))
        let selected = candidates.filter { backends.contains($0.workload.value) }
        return selected.isEmpty ? candidates : selected
    }

    private func resolve(
        _ request: EndpointRequest, _ named: [CheckedApplication], _ first: CheckedApplication,
        reporting diagnostics: inout DiagnosticBag
    ) -> ResolvedEndpoint? {
        let serving = named.filter { $0.port == request.port.value }
        guard let application = serving.first else {
            diagnostics.report(request.notServed(by: first))
            return nil
        }
        guard serving.count == 1 else {
            diagnostics.report(request.ambiguous(serving))
            return nil
        }
        if refuseHostNetwork(application.workload.value, request, reporting: &diagnostics) { return nil }
        return request.resolved(
            [.workload(application.workload.value), .service(request.service)], application: application)
    }

    private func resolve(
        _ request: EndpointRequest, _ workload: Workload, reporting diagnostics: inout DiagnosticBag
    ) -> ResolvedEndpoint? {
        if refuseHostNetwork(workload.id, request, reporting: &diagnostics) { return nil }
        diagnostics.report(
            Diagnostic(
                .endpointByWorkload, at: request.name.origin,
                "`\(request.text)` is taken for the workload `\(workload.id)`",
                label: "no Service or application has this name"
            )
            .also(workload.origin, "this workload")
            .help("define its Service, so that its ports can be checked"))
        // An application keeps its gate, whichever name its workload is called by.
        return request.resolved(
            [.workload(workload.id), .service(request.service)],
            application: applications.application(of: workload.id))
    }

    private func refuseHostNetwork(
        _ workload: WorkloadID, _ request: EndpointRequest, reporting diagnostics: inout DiagnosticBag
    ) -> Bool {
        guard let found = cluster.workload(workload), found.hostNetwork else { return false }
        diagnostics.report(.hostNetwork(found, as: "an endpoint", at: request.name.origin))
        return true
    }

    /// An error where the input should have it; else the inventory will say who has the name.
    private func unknown(
        _ request: EndpointRequest, reporting diagnostics: inout DiagnosticBag
    ) -> ResolvedEndpoint? {
        let space = request.namespace
        let suggestion = cluster.suggestion(
            for: request.name.value, in: space, hosts: applications.hosts(listedIn: space))
        guard !cluster.defines(namespace: space) else {
            diagnostics.report(
                Diagnostic(
                    .unknownEndpoint, at: request.name.origin,
                    "no Service, application or workload `\(request.name.value)` in namespace `\(space)`",
                    label: "nothing has this name"
                )
                .help(
                    suggestion.map { "did you mean `\($0)`?" }
                        ?? "the input defines this namespace; add the Service, or correct the name"))
            return nil
        }
        diagnostics.report(
            Diagnostic(
                .unresolvedEndpoint, at: request.name.origin,
                "nothing in the input defines `\(request.name.value)` in namespace `\(space)`",
                label: "left to the inventory of the node"
            )
            .help("add the Service to the input, so that its ports can be checked"))
        return request.resolved([.service(request.service)], application: nil)
    }
}
