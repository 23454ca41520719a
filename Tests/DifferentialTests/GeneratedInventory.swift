import CasaPolicyIR
import CasaTestSupport

/// What a node would be told so that a generated policy holds on it, as text.
///
/// An inventory is stricter than an address book: a pod's address is its own, and nobody's is loopback or multicast.
struct GeneratedInventory {
    private let policy: NamespacePolicy
    private var addresses: [PeerClass: [IPAddress]] = [:]

    init(_ generated: GeneratedPolicy) {
        policy = generated.policy
        var owned: Set<IPAddress> = []
        for (address, classes) in generated.book.sorted where Self.isOrdinary(address) {
            for peer in classes {
                switch peer {
                case .loopback, .block, .namespace, .pods: continue
                case .node: owned.insert(address)
                case .workload: if !owned.insert(address).inserted { continue }
                case .resolver, .runtime, .service, .name: break
                }
                addresses[peer, default: []].append(address)
            }
        }
    }

    private static func isOrdinary(_ address: IPAddress) -> Bool {
        if address.meansLoopback { return false }
        switch address {
        case .v4(let value): return value != .max && value >> 28 != 0xE
        // A mapped address is read as IPv4.
        case .v6(let high, let low): return high >> 56 != 0xFF && IPAddress(high: high, low: low) == address
        }
    }

    /// `cgroups` are those of the subjects, in their order.
    func text(cgroups: [String]) -> String {
        var lines = ["apiVersion: casa.io/v1alpha1", "kind: Inventory"]
        lines += [
            "node: {addresses: \(list(.node))}", "resolvers: \(list(.resolver))",
            "runtime: \(list(.runtime))",
        ]
        lines.append("workloads:")
        for (subject, cgroup) in zip(policy.subjects, cgroups) {
            lines.append(
                "  - {namespace: \(subject.workload.namespace), kind: \(subject.workload.kind.rawValue), "
                    + "name: \(subject.workload.name), hostNetwork: \(subject.hostNetwork), "
                    + "pods: [{name: \(subject.workload.name)-0, cgroups: [\(cgroup)]}]}")
        }
        var services = ["services:"]
        var names = ["names:"]
        for peer in addresses.keys.sorted() {
            switch peer {
            case .workload(let id):
                // The labels that generated selectors ask for.
                let label = id.name.hasSuffix("0") ? "gateway" : "cache"
                lines.append(
                    "  - {namespace: \(id.namespace), kind: \(id.kind.rawValue), name: \(id.name), "
                        + "labels: {app: \(label)}, pods: [{name: \(id.name)-0, addresses: \(list(peer))}]}")
            case .service(let id):
                services.append(
                    "  - {namespace: \(id.namespace), name: \(id.name), addresses: \(list(peer))}")
            case .name(let name): names.append("  - {name: \(name), addresses: \(list(peer))}")
            case .loopback, .node, .resolver, .runtime, .namespace, .pods, .block: break
            }
        }
        return (lines + services + names).joined(separator: "\n") + "\n"
    }

    private func list(_ peer: PeerClass) -> String {
        "[" + (addresses[peer] ?? []).map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    }
}
