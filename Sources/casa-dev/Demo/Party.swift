internal import CasaPolicyIR

/// One host of the demo: who it is, where it is and what it serves.
struct Party {
    enum Role: Hashable {
        case workload(WorkloadID)
        /// A host outside the cluster that policies know by name.
        case name(DomainName)
        case resolver
        /// The node, whose kubelet probes.
        case node
        /// A host outside the cluster of which nobody told.
        case stranger
    }

    let role: Role
    /// Short, and nobody else's.
    let name: String
    let labels: [String: String]
    /// TCP ports that are tried, ascending.
    let ports: [UInt16]
    /// UDP ports that are tried, ascending.
    let datagramPorts: [UInt16]
    /// From one; the last part of its addresses.
    let number: Int

    var workload: WorkloadID? {
        if case .workload(let id) = role { id } else { nil }
    }

    /// One of each family, in a network that exists only in the demo.
    var addresses: [IPAddress] {
        [
            .v4(10 << 24 | 203 << 16 | UInt32(truncatingIfNeeded: number)),
            .v6(high: 0xFD00_CA5A << 32, low: UInt64(number)),
        ]
    }

    /// What the pod is called in the inventory.
    var pod: String? {
        workload.map { $0.kind == .pod ? $0.name : "\($0.name)-0" }
    }

    /// How events name the pod.
    var qualifiedPod: String? {
        workload.flatMap { id in pod.map { "\(id.namespace)/\($0)" } }
    }
}
