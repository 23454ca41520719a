internal import CasaBundle
internal import CasaPolicyIR

/// Who has to be there for the rules of a bundle to hold, and is not.
enum EnforcementPoints {
    /// Sorted by name.
    static func unserved(in manifest: Manifest, inventory: Inventory) -> [UnservedPoint] {
        let peers = Dictionary(
            manifest.classes.compactMap { entry in entry.peer.map { (entry.number, $0) } },
            uniquingKeysWith: { first, _ in first })
        let index = InventoryIndex(inventory)
        var rules: [String: [Int]] = [:]
        for rule in manifest.rules {
            for point in rule.enforcement where !isServed(point, rule, peers, index) {
                rules[point, default: []].append(rule.number)
            }
        }
        return rules.sorted { $0.key < $1.key }.map { UnservedPoint(point: $0.key, rules: $0.value) }
    }

    private static func isServed(
        _ point: String, _ rule: RuleEntry, _ peers: [UInt16: PeerClass], _ inventory: InventoryIndex
    ) -> Bool {
        switch EnforcementPoint(rawValue: point) {
        case .kernel: true
        // Nothing on the node tells the loader that a runtime is there and holds this bundle.
        case .runtime: false
        case .inventory:
            // A region has no peer: the code knows its addresses.
            rule.classes.allSatisfy { number in peers[number].map(inventory.lists) ?? true }
        // A point of a later compiler: nobody here serves it.
        case nil: false
        }
    }
}
