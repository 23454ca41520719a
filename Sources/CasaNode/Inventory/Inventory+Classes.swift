package import CasaBundle
package import CasaPolicyIR

extension Inventory {
    /// What the evaluator is told of addresses, for the classes that a policy speaks of.
    package func addressBook(for peers: [PeerClass]) -> AddressBook {
        let index = InventoryIndex(self)
        var book = AddressBook()
        for peer in peers {
            for address in index.addresses(of: peer) { book.add(peer, at: address) }
        }
        return book
    }

    /// What the kernel's tables are told, in the numbers of an object.
    package func addressEntries(for classes: [ClassEntry]) -> [AddressTable.Entry] {
        let index = InventoryIndex(self)
        var numbers: [IPAddress: Set<UInt16>] = [:]
        for entry in classes {
            guard let peer = entry.peer else { continue }
            for address in index.addresses(of: peer) { numbers[address, default: []].insert(entry.number) }
        }
        return numbers.sorted { $0.key < $1.key }
            .map { AddressTable.Entry(address: $0.key, classes: $0.value.sorted()) }
    }
}
