package import CasaPolicyIR

/// Names under the cluster's domain.
package enum ClusterDomain {
    static let suffix = "cluster.local"

    /// The Service a name under `svc` stands for: `name.namespace.svc` with or without the cluster's domain.
    package static func service(_ host: String) -> ServiceID? {
        var parts = host.lowercased().split(separator: ".").map(String.init)
        if parts.suffix(2).joined(separator: ".") == suffix { parts.removeLast(2) }
        guard parts.count == 3, parts[2] == "svc" else { return nil }
        return ServiceID(namespace: parts[1], name: parts[0])
    }

    /// The ways to write a Service's name with its namespace.
    static func forms(of service: ServiceID) -> [String] {
        let short = "\(service.name).\(service.namespace)"
        return [short, "\(short).svc", "\(short).svc.\(suffix)"]
    }

    /// A host as endpoints are written: `name.namespace` for a Service's, any other as it is.
    package static func shortForm(of host: String) -> String {
        service(host).map { "\($0.name).\($0.namespace)" } ?? host.lowercased()
    }
}
