internal import CasaDiagnostics
internal import CasaPolicyIR
internal import CasaPolicyLang

/// Asks whether a workload on the node's network is to reach one that CASA judges.
///
/// It may open the flow, but comes from the node's address: the other side cannot tell it from anything else on
/// the node, and admits it only where a `cidr` admits the node.
enum HostNetworkCallers: Question {
    static func findings(in policies: CheckedPolicies) -> [Diagnostic] {
        policies.policies.flatMap { policy -> [Diagnostic] in
            guard let caller = policies.workload(policy.target.value), caller.hostNetwork else { return [] }
            return policy.endpoints.filter { endpoint in
                endpoint.grants.contains { isManaged($0.peer, policies) }
            }.map { finding($0, caller) }
        }
    }

    private static func isManaged(_ peer: PeerClass, _ policies: CheckedPolicies) -> Bool {
        guard case .workload(let workload) = peer else { return false }
        return policies.isManaged(workload.namespace)
    }

    private static func finding(_ endpoint: ResolvedEndpoint, _ caller: Workload) -> Diagnostic {
        Diagnostic(
            .hostNetworkPeer, .warning, at: endpoint.origin,
            "`\(caller.id)` uses the node's network, so `\(endpoint.text)` does not admit it",
            label: "admits workloads by their own addresses"
        )
        .also(caller.origin, "has `hostNetwork: true`")
        .help(
            "give the workload a network of its own, or admit the node there by a `cidr` in `allowedSources`")
    }
}
