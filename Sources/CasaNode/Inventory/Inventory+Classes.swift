package import CasaBundle
internal import CasaDiagnostics
package import CasaPolicyIR

extension Inventory {
    /// The addresses that belong to a class; none for loopback and blocks, which the packet itself tells.
    package func addresses(of peer: PeerClass) -> [IPAddress] {
        switch peer {
        case .loopback, .block: []
        case .node: node.map(\.value)
        case .resolver: resolvers.map(\.value)
        case .runtime: runtime.map(\.value)
        case .workload(let id): podAddresses { $0.id.value == id }
        case .namespace(let namespace): podAddresses { $0.id.value.namespace == namespace }
        case .pods(let selector):
            podAddresses { selector.selects(namespace: $0.id.value.namespace, labels: $0.labels) }
        case .service(let id): services.filter { $0.id.value == id }.flatMap { $0.addresses.map(\.value) }
        case .name(let name): names.filter { $0.name.value == name }.flatMap { $0.addresses.map(\.value) }
        }
    }

    /// Whether anything is said of a class, so that rules about it can hold.
    package func lists(_ peer: PeerClass) -> Bool {
        switch peer {
        // Membership is by property: nobody in it is an answer too.
        case .loopback, .block, .namespace, .pods: true
        case .node: !node.isEmpty
        case .resolver: !resolvers.isEmpty
        case .runtime: !runtime.isEmpty
        case .workload(let id): workloads.contains { $0.id.value == id }
        case .service(let id): services.contains { $0.id.value == id }
        case .name(let name): names.contains { $0.name.value == name }
        }
    }

    /// What the evaluator is told of addresses, for the classes that a policy speaks of.
    package func addressBook(for peers: [PeerClass]) -> AddressBook {
        var book = AddressBook()
        for peer in peers {
            for address in addresses(of: peer) { book.add(peer, at: address) }
        }
        return book
    }

    /// What the kernel's tables are told, in the numbers of an object.
    package func addressEntries(for classes: [ClassEntry]) -> [AddressTable.Entry] {
        var numbers: [IPAddress: Set<UInt16>] = [:]
        for entry in classes {
            guard let peer = entry.peer else { continue }
            for address in addresses(of: peer) { numbers[address, default: []].insert(entry.number) }
        }
        return numbers.sorted { $0.key < $1.key }
            .map { AddressTable.Entry(address: $0.key, classes: $0.value.sorted()) }
    }

    /// A host-network pod is wherever the node is, so its addresses tell nothing.
    private func podAddresses(where isMember: (Workload) -> Bool) -> [IPAddress] {
        workloads.filter { !$0.hostNetwork.value && isMember($0) }
            .flatMap { $0.pods.flatMap { $0.addresses.map(\.value) } }
    }
}
