internal import CasaDiagnostics
internal import CasaPolicyIR
internal import CasaYAML

extension InventoryReading {
    mutating func addresses(_ key: String, in fields: InventoryFields) -> [Traced<IPAddress>] {
        var result: [Traced<IPAddress>] = []
        var first: [IPAddress: SourceRange] = [:]
        for node in list(key, in: fields) {
            guard let address = address(node) else { continue }
            guard let earlier = first[address] else {
                first[address] = node.origin
                result.append(Traced(address, at: node.origin))
                continue
            }
            diagnostics.append(
                Diagnostic(
                    .invalidInventory, .warning, at: node.origin,
                    "address \(address) is written twice in one list",
                    label: "again"
                ).also(earlier, "first here"))
        }
        return result
    }

    private mutating func address(_ node: YAMLNode) -> IPAddress? {
        // Colons and dots make a plain scalar a text; a number such as `10` is none.
        guard let text = node.scalar?.text, let address = IPAddress(text) else {
            say(node.origin, "an address is IPv4 or IPv6", label: "not an address")
            return nil
        }
        if let reason = Self.reasonAgainst(address) {
            say(node.origin, "\(address) cannot be a peer", label: reason)
            return nil
        }
        return address
    }

    /// Why no single peer has the address.
    private static func reasonAgainst(_ address: IPAddress) -> String? {
        if address.meansLoopback { return "loopback is a class of its own" }
        switch address {
        case .v4(let value):
            if value == .max { return "a broadcast address" }
            return value >> 28 == 0xE ? "a multicast address" : nil
        case .v6(let high, _): return high >> 56 == 0xFF ? "a multicast address" : nil
        }
    }

    mutating func cgroup(_ node: YAMLNode) -> Traced<String>? {
        text(node, "a cgroup", .cgroupPath)
    }

    mutating func labels(in fields: InventoryFields) -> [String: String] {
        guard let node = fields["labels"] else { return [:] }
        guard let entries = node.mapping else {
            say(node.origin, "`labels` is a mapping", label: "not `key: value`")
            return [:]
        }
        var labels: [String: String] = [:]
        for entry in entries {
            // Kubernetes wants quotes round a value that reads as a number or a truth value, and so do we.
            guard let value = text(entry.value, "the label `\(entry.key.value)`", .anything) else { continue }
            labels[entry.key.value] = value.value
        }
        return labels
    }
}
