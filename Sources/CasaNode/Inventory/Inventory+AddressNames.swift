internal import CasaDiagnostics
internal import CasaPolicyIR

/// What people call an address.
package struct AddressName: Hashable, Sendable, Codable {
    package let address: String
    /// Sorted: `name api.example.com`, `pod banking/teller-0`.
    package let names: [String]

    package init(address: String, names: [String]) {
        self.address = address
        self.names = names
    }
}

extension Inventory {
    /// Every address of the inventory with what it is called, in order of addresses.
    package var addressNames: [AddressName] {
        var names: [IPAddress: Set<String>] = [:]
        func call(_ addresses: [Traced<IPAddress>], _ name: String) {
            for address in addresses { names[address.value, default: []].insert(name) }
        }
        call(node, "node")
        call(resolvers, "resolver")
        call(runtime, "casa-runtime")
        for workload in workloads {
            for pod in workload.pods {
                call(pod.addresses, "pod \(workload.id.value.namespace)/\(pod.name.value)")
            }
        }
        for service in services { call(service.addresses, "service \(service.id.value)") }
        for name in self.names { call(name.addresses, "name \(name.name.value)") }
        return names.sorted { $0.key < $1.key }
            .map { AddressName(address: $0.key.description, names: $0.value.sorted()) }
    }
}
