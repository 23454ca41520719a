package import CasaDiagnostics
package import CasaPolicyIR

/// An `EndpointSlice`: the addresses behind a Service.
package struct EndpointSliceSyntax: Sendable {
    package let metadata: ResourceMetadata
    package let addresses: [Traced<IPAddress>]
    package let ports: [Traced<EndpointPortSyntax>]

    /// The Service it belongs to.
    package var serviceName: Traced<String>? { metadata.label("kubernetes.io/service-name") }
}

/// A port of the addresses behind a Service.
package struct EndpointPortSyntax: Sendable {
    package let name: Traced<String>?
    /// Absent means every port.
    package let port: Traced<UInt16>?
    /// Absent means TCP.
    package let transport: Traced<TransportProtocol>?
}

extension Form<EndpointSliceSyntax> {
    static var endpointSlice: Form {
        .excerpt("an EndpointSlice") { keys in
            let metadata = keys.required("metadata", .metadataExcerpt(in: keys.origin))
            let type = keys.optional("addressType", .oneOf(AddressType.allCases, "type of address"))
            let address: Form<[Traced<IPAddress>]> = type?.value == .fqdn ? .domainNames : .endpointAddresses
            let endpoints = keys.list("endpoints", of: address)
            let ports = keys.list("ports", of: .endpointPort)
            return metadata.map {
                EndpointSliceSyntax(metadata: $0.value, addresses: endpoints.flatMap(\.value), ports: ports)
            }
        }
    }
}

/// What the addresses of a slice are.
private enum AddressType: String, Sendable, CaseIterable {
    case ipv4 = "IPv4"
    case ipv6 = "IPv6"
    case fqdn = "FQDN"
}

extension Form<[Traced<IPAddress>]> {
    /// The addresses of one endpoint, ready or not: a policy does not change while a pod starts.
    fileprivate static var endpointAddresses: Form {
        .excerpt("an endpoint of an EndpointSlice") { keys in
            keys.required("addresses", .list(of: .address))?.value
        }
    }

    /// Names are not addresses: what is behind them is learned nowhere.
    fileprivate static var domainNames: Form {
        .excerpt("an endpoint of an EndpointSlice") { _ in [] }
    }
}

extension Form<EndpointPortSyntax> {
    fileprivate static var endpointPort: Form {
        .excerpt("a port of an EndpointSlice") { keys in
            EndpointPortSyntax(
                name: keys.optional("name", .text), port: keys.optional("port", .port),
                transport: keys.optional("protocol", Form<TransportProtocol>.transport))
        }
    }
}
