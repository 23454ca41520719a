package import CasaDiagnostics

/// A container of a pod: the ports it names, and those it is probed on.
package struct ContainerSyntax: Sendable {
    package let name: Traced<String>?
    package let ports: [Traced<ContainerPortSyntax>]
    /// Of the liveness, readiness and startup probes, in that order; names are those of ``ports``.
    package let probePorts: [Traced<PortReference>]
}

/// A port of a container.
package struct ContainerPortSyntax: Sendable {
    package let name: Traced<String>?
    package let containerPort: Traced<UInt16>
    /// Absent means TCP.
    package let transport: Traced<TransportProtocol>?
}

extension Form<ContainerSyntax> {
    static var container: Form {
        .excerpt("a container") { keys in
            let name = keys.optional("name", .text)
            let ports = keys.list("ports", of: .containerPort)
            let probes = ["livenessProbe", "readinessProbe", "startupProbe"].compactMap {
                keys.optional($0, .probe)
            }
            return ContainerSyntax(name: name, ports: ports, probePorts: probes.flatMap(\.value))
        }
    }
}

extension Form<ContainerPortSyntax> {
    fileprivate static var containerPort: Form {
        .excerpt("a port of a container") { keys in
            let name = keys.optional("name", .text)
            let port = keys.required("containerPort", .port)
            let transport = keys.optional("protocol", Form<TransportProtocol>.transport)
            return port.map { ContainerPortSyntax(name: name, containerPort: $0, transport: transport) }
        }
    }
}

extension Form<[Traced<PortReference>]> {
    /// The port a probe asks; a probe that runs a command has none.
    fileprivate static var probe: Form {
        .excerpt("a probe") { keys in
            let handlers = ["httpGet", "tcpSocket", "grpc"].compactMap { keys.optional($0, .probeHandler) }
            return handlers.flatMap(\.value)
        }
    }

    private static var probeHandler: Form {
        .excerpt("a probe") { keys in
            let host = keys.optional("host", .text)
            let port = keys.required("port", .portReference)
            // With a host of its own the probe does not go to the pod.
            return port.map { host.map(\.value.isEmpty) ?? true ? [$0] : [] }
        }
    }
}
