internal import CasaDiagnostics
internal import CasaPolicyIR

/// Finds what `{name, namespace, port}` stands for: a Service; else the application of a system; else a workload
/// (`spec/semantics.md`, "Endpoints").
struct EndpointResolution {
    let cluster: ClusterView
    let systems: [CheckedSystem]

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
        _ endpoint: Traced<LLMEndpointSyntax>, from namespace: String, reporting diagnostics: inout DiagnosticBag
    ) -> ResolvedEndpoint? {
        let fqdn = endpoint.value.fqdn
        if let service = ClusterDomain.service(fqdn.value.description) {
            let request = EndpointRequest(
                name: Traced(service.name, at: fqdn.origin), namespace: service.namespace, port: endpoint.value.port,
                origin: endpoint.origin)
            return resolve(request, reporting: &diagnostics)
        }
        let port = endpoint.value.port.value
        return ResolvedEndpoint(
            text: "\(fqdn.value):\(port)", origin: endpoint.origin, port: port,
            grants: [Grant(peer: .name(fqdn.value), port: port, transport: .tcp)], application: nil, name: fqdn.value)
    }

    private func resolve(
        _ request: EndpointRequest, reporting diagnostics: inout DiagnosticBag
    ) -> ResolvedEndpoint? {
        let applications = applications(for: request)
        guard applications.count <= 1 else {
            diagnostics.report(request.ambiguous(applications))
            return nil
        }
        let application = applications.first
        if let service = cluster.service(request.service) {
            return ServiceResolution(cluster: cluster, application: application)
                .resolve(request, service, reporting: &diagnostics)
        }
        if let application {
            return resolve(request, application, reporting: &diagnostics)
        }
        let workloads = cluster.workloads(named: request.name.value, in: request.namespace)
        guard workloads.count <= 1 else {
            diagnostics.report(request.ambiguous(workloads))
            return nil
        }
        if let workload = workloads.first {
            return resolve(request, workload, reporting: &diagnostics)
        }
        return unknown(request, reporting: &diagnostics)
    }

    /// One application a workload: systems may share an `mcp_server`.
    private func applications(for request: EndpointRequest) -> [CheckedApplication] {
        var seen: Set<WorkloadID> = []
        return systems.flatMap { system in
            system.applications.filter { request.matches(host: $0.host.value, in: system.namespace) }
        }.filter { seen.insert($0.workload.value).inserted }
    }

    private func resolve(
        _ request: EndpointRequest, _ application: CheckedApplication, reporting diagnostics: inout DiagnosticBag
    ) -> ResolvedEndpoint? {
        guard request.port.value == application.port else {
            diagnostics.report(request.notServed(by: application))
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
            .also(workload.origin, "this workload"))
        return request.resolved([.workload(workload.id), .service(request.service)], application: nil)
    }

    private func refuseHostNetwork(
        _ workload: WorkloadID, _ request: EndpointRequest, reporting diagnostics: inout DiagnosticBag
    ) -> Bool {
        guard let found = cluster.workload(workload), found.hostNetwork else { return false }
        diagnostics.report(request.hostNetwork(found))
        return true
    }

    /// An error where the input should have it; else the inventory will say who has the name.
    private func unknown(
        _ request: EndpointRequest, reporting diagnostics: inout DiagnosticBag
    ) -> ResolvedEndpoint? {
        let suggestion = cluster.suggestion(for: request.name.value, in: request.namespace, systems: systems)
        guard !cluster.defines(namespace: request.namespace) else {
            diagnostics.report(
                Diagnostic(
                    .unknownEndpoint, at: request.name.origin,
                    "no Service, application or workload `\(request.name.value)` in namespace `\(request.namespace)`",
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
                "nothing in the input defines `\(request.name.value)` in namespace `\(request.namespace)`",
                label: "left to the inventory of the node"
            )
            .help("add the Service to the input, so that its ports can be checked"))
        return request.resolved([.service(request.service)], application: nil)
    }
}
