internal import CasaPolicyIR

/// The inventory of the demo: what a node would have learned of these hosts (`spec/inventory.md`).
struct InventoryText {
    let topology: Topology
    /// The cgroup of a party, absolute.
    let cgroup: (Party) -> String

    var text: String {
        let lines =
            ["apiVersion: casa.io/v1alpha1", "kind: Inventory"]
            + addresses("node: {addresses:", of: .node, "}") + addresses("resolvers:", of: .resolver, "")
            + section("workloads:", topology.parties.compactMap(workload))
            + section("names:", topology.parties.compactMap(name))
        return lines.joined(separator: "\n") + "\n"
    }

    private func addresses(_ key: String, of role: Party.Role, _ end: String) -> [String] {
        topology.parties.filter { $0.role == role }.map { "\(key) [\(list($0))]\(end)" }
    }

    private func section(_ key: String, _ entries: [String]) -> [String] {
        entries.isEmpty ? [] : [key] + entries
    }

    private func workload(_ party: Party) -> String? {
        guard let id = party.workload, let pod = party.pod else { return nil }
        let labels = party.labels.sorted { $0.key < $1.key }.map { "\(quoted($0.key)): \(quoted($0.value))" }
        return """
              - namespace: \(id.namespace)
                kind: \(id.kind.rawValue)
                name: \(id.name)
                labels: {\(labels.joined(separator: ", "))}
                pods:
                  - {name: \(pod), addresses: [\(list(party))], cgroups: [\(quoted(cgroup(party)))]}
            """
    }

    private func name(_ party: Party) -> String? {
        guard case .name(let name) = party.role else { return nil }
        return "  - {name: \(quoted(name.description)), addresses: [\(list(party))]}"
    }

    private func list(_ party: Party) -> String {
        party.addresses.map { quoted($0.description) }.joined(separator: ", ")
    }

    private func quoted(_ text: String) -> String { "\"\(text)\"" }
}
