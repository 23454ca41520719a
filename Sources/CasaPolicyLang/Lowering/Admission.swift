internal import CasaDiagnostics
internal import CasaPolicyIR

/// The other end of every egress rule: a managed workload admits exactly what the egress of a managed peer allows
/// to it, whichever namespace wrote it (`spec/semantics.md`, "Ingress").
struct Admission {
    let checked: CheckedPolicies
    let egress: [Rule]

    var rules: [Rule] {
        egress.filter { hasAddress($0.subject) }.flatMap { rule in
            targets(of: rule.peer).map { target in
                Rule(
                    subject: target, direction: .ingress, peer: .workload(rule.subject),
                    transport: rule.transport,
                    ports: rule.ports, effect: rule.effect, source: .admitted(policy: Self.policy(of: rule)),
                    origin: rule.origin, enforcement: rule.enforcement)
            }
        }
    }

    /// On the node's network a workload has no address by which it could be admitted.
    private func hasAddress(_ workload: WorkloadID) -> Bool {
        !(checked.workload(workload)?.hostNetwork ?? false)
    }

    /// Managed workloads a peer class stands for.
    ///
    /// Services are not among them: their packets arrive at pods. Neither are pods by label: a grant is made to
    /// labels only where the input knows no workload that has them.
    private func targets(of peer: PeerClass) -> [WorkloadID] {
        switch peer {
        case .workload(let workload):
            return checked.isManaged(workload.namespace) ? [workload] : []
        case .loopback, .node, .resolver, .runtime, .service, .name, .namespace, .pods, .block:
            return []
        }
    }

    private static func policy(of rule: Rule) -> String {
        switch rule.source {
        case .written(let policy), .admitted(let policy): policy
        case .implicit(let implicit): implicit.rawValue
        }
    }
}
