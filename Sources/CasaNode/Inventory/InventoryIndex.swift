internal import CasaDiagnostics
package import CasaPolicyIR

/// An inventory, ordered for asking which addresses belong to a class: once for each class of a policy.
package struct InventoryIndex: Sendable {
    private let inventory: Inventory
    /// Those with addresses of their own: a host-network pod is wherever the node is, so its addresses tell nothing.
    private let peers: [Inventory.Workload]
    private let peersByID: [WorkloadID: [Int]]
    private let peersByNamespace: [String: [Int]]
    private let workloads: Set<WorkloadID>
    private let services: [ServiceID: [IPAddress]]
    private let names: [DomainName: [IPAddress]]

    package init(_ inventory: Inventory) {
        let peers = inventory.workloads.filter { !$0.hostNetwork.value }
        self.inventory = inventory
        self.peers = peers
        peersByID = Dictionary(grouping: peers.indices) { peers[$0].id.value }
        peersByNamespace = Dictionary(grouping: peers.indices) { peers[$0].id.value.namespace }
        workloads = Set(inventory.workloads.map(\.id.value))
        services = inventory.services.reduce(into: [:]) {
            $0[$1.id.value, default: []] += $1.addresses.map(\.value)
        }
        names = inventory.names.reduce(into: [:]) {
            $0[$1.name.value, default: []] += $1.addresses.map(\.value)
        }
    }

    /// The addresses that belong to a class; none for loopback and blocks, which the packet itself tells.
    package func addresses(of peer: PeerClass) -> [IPAddress] {
        switch peer {
        case .loopback, .block: []
        case .node: inventory.node.map(\.value)
        case .resolver: inventory.resolvers.map(\.value)
        case .runtime: inventory.runtime.map(\.value)
        case .workload(let id): podAddresses(peersByID[id] ?? [])
        case .namespace(let namespace): podAddresses(peersByNamespace[namespace] ?? [])
        case .pods(let selector):
            podAddresses(
                (selector.namespace.map { peersByNamespace[$0] ?? [] } ?? Array(peers.indices)).filter {
                    selector.selects(namespace: peers[$0].id.value.namespace, labels: peers[$0].labels)
                })
        case .service(let id): services[id] ?? []
        case .name(let name): names[name] ?? []
        }
    }

    private func podAddresses(_ members: [Int]) -> [IPAddress] {
        members.flatMap { peers[$0].pods.flatMap { $0.addresses.map(\.value) } }
    }

    /// Whether anything is said of a class, so that rules about it can hold.
    package func lists(_ peer: PeerClass) -> Bool {
        switch peer {
        // Membership is by property: nobody in it is an answer too.
        case .loopback, .block, .namespace, .pods: true
        case .node: !inventory.node.isEmpty
        case .resolver: !inventory.resolvers.isEmpty
        case .runtime: !inventory.runtime.isEmpty
        case .workload(let id): workloads.contains(id)
        case .service(let id): services[id] != nil
        case .name(let name): names[name] != nil
        }
    }
}
