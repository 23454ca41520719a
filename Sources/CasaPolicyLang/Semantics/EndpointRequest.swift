internal import CasaDiagnostics
internal import CasaPolicyIR

/// A name in a namespace and a port, asked for by an endpoint or by an `llmEndpoint` inside the cluster.
struct EndpointRequest {
    let name: Traced<String>
    let namespace: String
    let port: Traced<UInt16>
    let origin: SourceRange

    var service: ServiceID { ServiceID(namespace: namespace, name: name.value) }

    /// `name.namespace:port`
    var text: String { "\(name.value).\(namespace):\(port.value)" }

    /// A short host is a name in its system's namespace; a longer one says its namespace itself.
    func matches(host: String, in systemNamespace: String) -> Bool {
        if host == name.value { return systemNamespace == namespace }
        return ClusterDomain.forms(of: service).contains(host)
    }

    func resolved(_ peers: [PeerClass], application: CheckedApplication?) -> ResolvedEndpoint {
        resolved(
            grants: peers.map { Grant(peer: $0, port: port.value, transport: .tcp) }, application: application,
            name: nil)
    }

    func resolved(grants: [Grant], application: CheckedApplication?, name: DomainName?) -> ResolvedEndpoint {
        ResolvedEndpoint(
            text: text, origin: origin, port: port.value, grants: grants, application: application, name: name)
    }

    func ambiguous(_ applications: [CheckedApplication]) -> Diagnostic {
        applications.reduce(
            Diagnostic(
                .ambiguousEndpoint, at: name.origin, "`\(text)` is the host of \(applications.count) applications",
                label: "which one?")
        ) { $0.also($1.host.origin, "`\($1.name.value)`, workload `\($1.workload.value.name)`") }
        .help("give every application a host of its own, or define the Service")
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
            "`\(application.name.value)` does not serve port \(port.value)", label: "serves \(application.port)"
        )
        .also(application.host.origin, "its `baseUrl`")
        .help("write `port: \(application.port)`")
    }

    func hostNetwork(_ workload: Workload) -> Diagnostic {
        Diagnostic(
            .hostNetworkPeer, at: name.origin,
            "`\(workload.id)` uses the node's network and cannot be an endpoint", label: "has no address of its own"
        )
        .also(workload.origin, "`hostNetwork: true`")
        .help("its address is the node's, which everything on the node shares; give the workload a network of its own")
    }
}

/// Names under the cluster's domain.
enum ClusterDomain {
    static let suffix = "cluster.local"

    /// The Service a name under `svc` stands for: `name.namespace.svc` with or without the cluster's domain.
    static func service(_ host: String) -> ServiceID? {
        var parts = host.split(separator: ".").map(String.init)
        if parts.suffix(2).joined(separator: ".") == suffix { parts.removeLast(2) }
        guard parts.count == 3, parts[2] == "svc" else { return nil }
        return ServiceID(namespace: parts[1], name: parts[0])
    }

    /// The ways to write a Service's name with its namespace.
    static func forms(of service: ServiceID) -> [String] {
        let short = "\(service.name).\(service.namespace)"
        return [short, "\(short).svc", "\(short).svc.\(suffix)"]
    }
}
