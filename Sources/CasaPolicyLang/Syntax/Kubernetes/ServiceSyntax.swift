package import CasaDiagnostics
package import CasaPolicyIR
internal import CasaYAML

/// A `Service`.
package struct ServiceSyntax: Sendable {
    package let metadata: ResourceMetadata
    /// Absent in a `Service` without a `spec`.
    package let type: Traced<ServiceType>?
    package let selector: [LabelSyntax]
    package let ports: [Traced<ServicePortSyntax>]
    package let clusterIP: Traced<ClusterIP>?
    /// Both families of a dual-stack Service; the first repeats ``clusterIP``.
    package let clusterIPs: [Traced<ClusterIP>]
    package let externalName: Traced<DomainName>?

    package var isHeadless: Bool { clusterIP?.value == .headless || clusterIPs.first?.value == .headless }
}

/// How a Service is reached.
package enum ServiceType: String, Hashable, Sendable, CaseIterable {
    case clusterIP = "ClusterIP"
    case nodePort = "NodePort"
    case loadBalancer = "LoadBalancer"
    case externalName = "ExternalName"
}

/// The address of a Service inside the cluster.
package enum ClusterIP: Hashable, Sendable {
    /// `None`: the name stands for the pods themselves.
    case headless
    /// Empty: the cluster chooses.
    case chosenByCluster
    case address(IPAddress)
}

/// A port of a Service.
package struct ServicePortSyntax: Sendable {
    package let name: Traced<String>?
    package let port: Traced<UInt16>
    /// Absent means the same number.
    package let targetPort: Traced<PortReference>?
    /// Absent means TCP.
    package let transport: Traced<TransportProtocol>?
}

extension Form<ServiceSyntax> {
    static var service: Form {
        .excerpt("a Service") { keys in
            let metadata = keys.required("metadata", .metadataExcerpt(in: keys.origin))
            let spec = keys.optional("spec", Form<ServiceSpec>.serviceSpec)?.value
            return metadata.map {
                ServiceSyntax(
                    metadata: $0.value, type: spec?.type, selector: spec?.selector ?? [],
                    ports: spec?.ports ?? [],
                    clusterIP: spec?.clusterIP, clusterIPs: spec?.clusterIPs ?? [],
                    externalName: spec?.externalName)
            }
        }
    }
}

/// The `spec` of a Service.
private struct ServiceSpec: Sendable {
    let type: Traced<ServiceType>?
    let selector: [LabelSyntax]
    let ports: [Traced<ServicePortSyntax>]
    let clusterIP: Traced<ClusterIP>?
    let clusterIPs: [Traced<ClusterIP>]
    let externalName: Traced<DomainName>?
}

extension Form<ServiceSpec> {
    fileprivate static var serviceSpec: Form {
        .excerpt("the spec of a Service") { keys in
            ServiceSpec(
                type: keys.optional("type", .oneOf(ServiceType.allCases, "type of Service")),
                selector: keys.optional("selector", .labels)?.value ?? [],
                ports: keys.list("ports", of: .servicePort),
                clusterIP: keys.optional("clusterIP", .clusterIP),
                clusterIPs: keys.list("clusterIPs", of: .clusterIP),
                externalName: keys.optional("externalName", .externalName))
        }
    }
}

extension Form<ServicePortSyntax> {
    fileprivate static var servicePort: Form {
        .excerpt("a port of a Service") { keys in
            let name = keys.optional("name", .text)
            let port = keys.required("port", .port)
            let target = keys.optional("targetPort", .portReference)
            let transport = keys.optional("protocol", Form<TransportProtocol>.transport)
            return port.map {
                ServicePortSyntax(name: name, port: $0, targetPort: target, transport: transport)
            }
        }
    }
}

extension Form<ClusterIP> {
    fileprivate static var clusterIP: Form {
        Form { field, reading in
            switch field.node.scalar?.text {
            case "None": .headless
            case "": .chosenByCluster
            case .some, .none: Form<IPAddress>.address.read(field, reading).map(ClusterIP.address)
            }
        }
    }
}

extension Form<DomainName> {
    /// Kubernetes lets a final dot and a single label pass here.
    fileprivate static var externalName: Form {
        Form<String>.text.converting { text, reading in
            let name = text.value.hasSuffix(".") ? text.value.dropLast() : text.value[...]
            if HostName.isWellFormed(name) { return DomainName(text.value) }
            return reading.refuse(
                Diagnostic(.invalidDomainName, at: text.origin, "`\(text.value)` is not a domain name")
                    .help("write the full name of the host, as in `api.example.com`"))
        }
    }
}
