/// Which classes an address belongs to: what a node has learned, seen by the evaluator.
package struct AddressBook: Sendable {
    private var entries: [IPAddress: Set<PeerClass>] = [:]

    package init() {}

    package mutating func add(_ peer: PeerClass, at address: IPAddress) {
        entries[address, default: []].insert(peer)
    }

    /// An address nobody told of belongs to no class but the blocks that contain it.
    package func peer(at address: IPAddress) -> Peer {
        Peer(address: address, classes: entries[address] ?? [])
    }

    /// Every known address with its classes, in order.
    package var sorted: [(address: IPAddress, classes: [PeerClass])] {
        entries.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted()) }
    }
}
