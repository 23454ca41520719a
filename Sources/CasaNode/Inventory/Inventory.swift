package import CasaBundle
package import CasaDiagnostics
package import CasaPolicyIR

/// Which addresses and cgroups belong to what a policy speaks of (`spec/inventory.md`).
package struct Inventory: Sendable {
    /// Of the bytes it was read from.
    package let digest: Digest
    package let node: [Traced<IPAddress>]
    package let resolvers: [Traced<IPAddress>]
    package let runtime: [Traced<IPAddress>]
    package let workloads: [Workload]
    package let services: [Service]
    package let names: [Name]

    package struct Workload: Sendable {
        package let id: Traced<WorkloadID>
        package let labels: [String: String]
        /// It shares the node's network: judged, and never a peer.
        package let hostNetwork: Traced<Bool>
        package let pods: [Pod]
    }

    package struct Pod: Sendable {
        package let name: Traced<String>
        package let addresses: [Traced<IPAddress>]
        /// Of this node; absolute, or relative to a cgroup v2 mount.
        package let cgroups: [Traced<String>]
    }

    package struct Service: Sendable {
        package let id: Traced<ServiceID>
        package let addresses: [Traced<IPAddress>]
    }

    package struct Name: Sendable {
        package let name: Traced<DomainName>
        package let addresses: [Traced<IPAddress>]
    }
}
