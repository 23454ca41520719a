internal import CasaDiagnostics
internal import CasaPolicyIR

/// Resolves an entry of `allowedSources`.
struct SourceCheck {
    let cluster: ClusterView
    /// Of the policy.
    let namespace: String

    func check(
        _ source: Traced<SourceSyntax>, reporting diagnostics: inout DiagnosticBag
    ) -> CheckedSource {
        CheckedSource(
            peer: peer(source.value.peer, reporting: &diagnostics),
            ports: source.value.ports.map {
                CheckedSource.SourcePorts(
                    ports: $0.value.range, transport: $0.value.transport?.value ?? .tcp)
            },
            origin: source.origin)
    }

    private func peer(_ peer: SourcePeer, reporting diagnostics: inout DiagnosticBag) -> PeerClass {
        switch peer {
        case .workload(let workload):
            let id = id(of: workload.value)
            report(id, at: workload.value.name.origin, to: &diagnostics)
            return .workload(id)
        case .namespace(let name):
            return .namespace(name.value)
        case .pods(let selector):
            let labels = selector.value.matchLabels.map {
                PodSelector.Label(key: $0.key.value, value: $0.value.value)
            }
            return .pods(PodSelector(namespace: selector.value.namespace?.value ?? namespace, labels: labels))
        case .block(let block):
            return .block(block.value)
        }
    }

    private func id(of source: SourceWorkload) -> WorkloadID {
        let space = source.namespace?.value ?? namespace
        if let kind = source.kind?.value {
            return WorkloadID(namespace: space, kind: kind, name: source.name.value)
        }
        return cluster.workloads.workload(meantBy: source.name.value, in: space)
    }

    /// A source nobody has admits nobody; one without an address of its own could admit the whole node.
    private func report(_ id: WorkloadID, at place: SourceRange, to diagnostics: inout DiagnosticBag) {
        let found = cluster.workload(id)
        if let found, found.hostNetwork {
            diagnostics.report(.hostNetwork(found, as: "a source", at: place))
        }
        guard cluster.documentsWorkloads(of: id.namespace), !(found?.isDefined ?? false) else { return }
        let known = cluster.workloads.defined(in: id.namespace).map(\.id.name)
        diagnostics.report(
            Diagnostic(
                .unresolvedTarget, at: place,
                "nothing in the input defines \(id.kind.rawValue) `\(id.namespace)/\(id.name)`",
                label: "admits nobody that the input knows"
            )
            .help(
                closestMatch(to: id.name, among: known.sorted()).map { "did you mean `\($0)`?" }
                    ?? "correct the name, or add its \(id.kind.rawValue) to the input"))
    }
}
