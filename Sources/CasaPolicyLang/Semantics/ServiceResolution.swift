internal import CasaDiagnostics
internal import CasaPolicyIR

/// What an endpoint that names a Service grants: the Service's address and port, and its pods at the target port.
struct ServiceResolution {
    let cluster: ClusterView
    let application: CheckedApplication?

    func resolve(
        _ request: EndpointRequest, _ service: ServiceSyntax, reporting diagnostics: inout DiagnosticBag
    ) -> ResolvedEndpoint? {
        if let external = service.externalName {
            let grant = Grant(peer: .name(external.value), port: request.port.value, transport: .tcp)
            return request.resolved(grants: [grant], application: application, name: external.value)
        }
        let backends = backends(of: service)
        guard let port = port(request, service, backends, reporting: &diagnostics) else { return nil }
        if let host = backends.first(where: \.hostNetwork) {
            diagnostics.report(.hostNetwork(host, as: "an endpoint", at: request.name.origin))
            return nil
        }
        reportSharing(request, service, backends, to: &diagnostics)
        let pods = podGrants(request, service, port, backends)
        if pods.isEmpty, service.podSelector != nil {
            diagnostics.report(Self.unnamedPort(request, service, port))
        }
        // A headless Service has no address but those of its pods, which the inventory knows if nobody else does.
        let hasAddress = !service.isHeadless || service.podSelector == nil
        let own = Grant(peer: .service(service.id), port: request.port.value, transport: .tcp)
        return request.resolved(
            grants: (hasAddress ? [own] : []) + pods, application: application, name: nil)
    }

    /// The port of the Service, or what is wrong with asking for it.
    private func port(
        _ request: EndpointRequest, _ service: ServiceSyntax, _ backends: [Workload],
        reporting diagnostics: inout DiagnosticBag
    ) -> ServicePortSyntax? {
        // A headless Service may list no port at all: its pods are there, with whatever they serve.
        if service.isHeadless, service.ports.isEmpty {
            return ServicePortSyntax(name: nil, port: request.port, targetPort: nil, transport: nil)
        }
        let ports = service.ports.map(\.value)
        func numbers(_ port: ServicePortSyntax) -> [UInt16] {
            // Nothing translates the port of a headless Service: its name resolves to the pods themselves.
            guard service.isHeadless else { return [port.port.value] }
            return backends.isEmpty
                ? [targetNumber(port, of: nil)].compactMap { $0 }
                : backends.compactMap { targetNumber(port, of: $0) }
        }
        let named = ports.filter { numbers($0).contains(request.port.value) }
        if let port = named.first(where: \.isTCP) { return port }
        if let other = named.first {
            diagnostics.report(Self.wrongProtocol(request, service, other))
        } else {
            let served = Set(ports.flatMap(numbers)).sorted().map(String.init).joined(separator: ", ")
            diagnostics.report(Self.notServed(request, service, served))
        }
        return nil
    }

    /// By label where the input has the pods; else the application that answers to the Service's name; else the
    /// workload of that name.
    private func backends(of service: ServiceSyntax) -> [Workload] {
        let selected = cluster.backends(of: service)
        if !selected.isEmpty || service.podSelector == nil { return selected }
        if let application { return [cluster.workload(application.workload.value)].compactMap { $0 } }
        return cluster.workloads.workloads(named: service.id.name, in: service.id.namespace).filter {
            !$0.isDefined
        }
    }

    private func podGrants(
        _ request: EndpointRequest, _ service: ServiceSyntax, _ port: ServicePortSyntax,
        _ backends: [Workload]
    ) -> [Grant] {
        guard let selector = service.podSelector else { return sliceGrants(service, port) }
        let targets: [(peer: PeerClass, number: UInt16?)] =
            backends.isEmpty
            ? [(.pods(selector), targetNumber(port, of: nil))]
            : backends.map { (.workload($0.id), targetNumber(port, of: $0)) }
        return targets.compactMap { target in
            guard let number = target.number, !service.isHeadless || number == request.port.value else {
                return nil
            }
            return Grant(peer: target.peer, port: number, transport: .tcp)
        }
    }

    /// The port on the pods; a name without a container that bears it stands for none.
    private func targetNumber(_ port: ServicePortSyntax, of backend: Workload?) -> UInt16? {
        switch port.targetPort?.value {
        case nil: port.port.value
        case .number(let number): number
        case .name(let name): backend?.namedPorts[name]
        }
    }

    /// A Service without a selector is backed by the addresses of its EndpointSlices.
    private func sliceGrants(_ service: ServiceSyntax, _ port: ServicePortSyntax) -> [Grant] {
        cluster.slices(of: service).flatMap { slice in
            slice.addresses.compactMap { address -> PeerClass? in
                CIDRBlock(address.value, prefixLength: address.value.bitWidth).map(PeerClass.block)
            }.flatMap { block in
                slice.ports.map(\.value).filter {
                    $0.isTCP && ($0.name?.value ?? "") == port.name?.value ?? ""
                }
                .compactMap(\.port).map { Grant(peer: block, port: $0.value, transport: .tcp) }
            }
        }
    }

    private func reportSharing(
        _ request: EndpointRequest, _ service: ServiceSyntax, _ backends: [Workload],
        to diagnostics: inout DiagnosticBag
    ) {
        for other in cluster.services(sharing: backends, with: service) {
            diagnostics.report(
                Diagnostic(
                    .sharedBackend, at: request.name.origin,
                    "the pods behind Service `\(service.id)` are also behind `\(other.id)`",
                    label: "opens a port of the same pods"
                )
                .also(other.metadata.name.origin, "the other Service"))
        }
    }
}

extension ServicePortSyntax {
    /// Kubernetes takes an absent protocol for TCP.
    var isTCP: Bool { (transport?.value ?? .tcp) == .tcp }

    var transportName: String { (transport?.value ?? .tcp).rawValue }
}

extension EndpointPortSyntax {
    var isTCP: Bool { (transport?.value ?? .tcp) == .tcp }
}
