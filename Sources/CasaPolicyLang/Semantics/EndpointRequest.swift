internal import CasaDiagnostics
internal import CasaPolicyIR

/// A name in a namespace and a port, asked for by an endpoint or by an `llmEndpoint` inside the cluster.
struct EndpointRequest {
    let name: Traced<String>
    let namespace: String
    let port: Traced<UInt16>
    let origin: SourceRange

    var service: ServiceID { ServiceID(namespace: namespace, name: name.value) }

    /// The endpoint as people write it: `name.namespace:port`.
    var text: String { "\(name.value).\(namespace):\(port.value)" }

    func resolved(_ peers: [PeerClass], application: CheckedApplication?) -> ResolvedEndpoint {
        let grants = peers.map { Grant(peer: $0, port: port.value, transport: .tcp) }
        return resolved(grants: grants, application: application, name: nil)
    }

    func resolved(grants: [Grant], application: CheckedApplication?, name: DomainName?) -> ResolvedEndpoint {
        ResolvedEndpoint(
            text: text, origin: origin, port: port.value, grants: grants, application: application, name: name
        )
    }

    func ambiguous(_ applications: [CheckedApplication]) -> Diagnostic {
        applications.reduce(
            Diagnostic(
                .ambiguousEndpoint, at: name.origin,
                "`\(text)` is the host of \(applications.count) applications", label: "which one?")
        ) { $0.also($1.host.origin, "`\($1.name.value)`, workload `\($1.workload.value.name)`") }
        .help("give every application a host of its own, or define a Service that selects the pods of one")
    }

    func ambiguous(_ workloads: [Workload]) -> Diagnostic {
        workloads.reduce(
            Diagnostic(
                .ambiguousEndpoint, at: name.origin, "`\(text)` is the name of \(workloads.count) workloads",
                label: "which one?")
        ) { $0.also($1.origin, "a \($1.id.kind.rawValue)") }
        .help("define a Service for the one that is meant, and name it")
    }

    func notServed(by application: CheckedApplication) -> Diagnostic {
        Diagnostic(
            .portNotServed, at: port.origin,
            "`\(application.name.value)` does not serve port \(port.value)",
            label: "serves \(application.port)"
        )
        .also(application.host.origin, "its `baseUrl`")
        .help("write `port: \(application.port)`")
    }
}

extension Diagnostic {
    /// A workload on the node's network has no address by which anyone could tell it.
    static func hostNetwork(_ workload: Workload, as part: String, at place: SourceRange) -> Diagnostic {
        Diagnostic(
            .hostNetworkPeer, at: place, "`\(workload.id)` uses the node's network and cannot be \(part)",
            label: "has no address of its own"
        )
        .also(workload.origin, "has `hostNetwork: true`")
        .note("its address is the node's, which everything on the node shares")
        .help("give the workload a network of its own")
    }
}
