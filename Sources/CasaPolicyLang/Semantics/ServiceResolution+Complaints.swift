internal import CasaDiagnostics
internal import CasaPolicyIR

/// What can be wrong with asking a Service for a port.
extension ServiceResolution {
    static func wrongProtocol(
        _ request: EndpointRequest, _ service: ServiceSyntax, _ port: ServicePortSyntax
    ) -> Diagnostic {
        Diagnostic(
            .protocolNotServed, at: request.port.origin,
            "Service `\(service.id)` serves port \(request.port.value) over \(port.transportName), not TCP",
            label: "asked for TCP"
        )
        .also(port.port.origin, "the Service's port")
        .help("name a TCP port of the Service")
    }

    static func notServed(
        _ request: EndpointRequest, _ service: ServiceSyntax, _ served: String
    ) -> Diagnostic {
        Diagnostic(
            .portNotServed, at: request.port.origin,
            "Service `\(service.id)` does not serve port \(request.port.value)",
            label: served.isEmpty ? "serves no port" : "serves \(served)"
        )
        .also(service.metadata.name.origin, service.isHeadless ? "this headless Service" : "this Service")
        .help(
            service.isHeadless
                ? "nothing translates the ports of a headless Service: name a port of its pods"
                : "name a port of the Service, not of its pods")
    }

    static func unnamedPort(
        _ request: EndpointRequest, _ service: ServiceSyntax, _ port: ServicePortSyntax
    ) -> Diagnostic {
        Diagnostic(
            .unresolvedEndpoint, at: request.port.origin,
            "nothing in the input says which port of the pods port \(request.port.value) of `\(service.id)` is",
            label: "the pods stay closed"
        )
        .also(port.targetPort?.origin ?? port.port.origin, "no container names a port so")
        .help("name a port of a container so, or write its number as `targetPort`")
    }
}
