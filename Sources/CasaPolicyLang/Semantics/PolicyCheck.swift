internal import CasaDiagnostics
internal import CasaPolicyIR

/// Resolves the target, the endpoints and the sources of a policy.
struct PolicyCheck {
    let cluster: ClusterView
    let systems: [CheckedSystem]

    func check(_ policy: CASAPolicySyntax, reporting diagnostics: inout DiagnosticBag) -> CheckedPolicy {
        let namespace = policy.metadata.space
        let target = WorkloadID(
            namespace: namespace, kind: policy.target.kind.value, name: policy.target.name.value)
        TargetCheck(cluster: cluster, systems: systems).check(policy.target, target, reporting: &diagnostics)
        let resolution = EndpointResolution(cluster: cluster, systems: systems)
        return CheckedPolicy(
            namespace: namespace, name: policy.metadata.name,
            target: Traced(target, at: policy.target.origin),
            allowedProtocols: policy.allowedProtocols?.value ?? [],
            endpoints: policy.allowedEndpoints.compactMap { resolution.resolve($0, reporting: &diagnostics) },
            llmEndpoint: policy.llmEndpoint.flatMap {
                resolution.resolve($0, from: namespace, reporting: &diagnostics)
            },
            sources: policy.allowedSources.map { source($0, of: namespace) })
    }

    private func source(_ source: Traced<SourceSyntax>, of namespace: String) -> CheckedSource {
        CheckedSource(
            peer: peer(source.value.peer, of: namespace),
            ports: source.value.ports.map {
                CheckedSource.SourcePorts(ports: $0.value.range, transport: $0.value.transport?.value ?? .tcp)
            },
            origin: source.origin)
    }

    private func peer(_ peer: SourcePeer, of namespace: String) -> PeerClass {
        switch peer {
        case .workload(let workload):
            let space = workload.value.namespace?.value ?? namespace
            let name = workload.value.name.value
            if let kind = workload.value.kind?.value {
                return .workload(WorkloadID(namespace: space, kind: kind, name: name))
            }
            return .workload(WorkloadDiscovery.workload(named: name, in: space, among: cluster.workloads))
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
}

/// Is the workload that a policy selects there?
struct TargetCheck {
    let cluster: ClusterView
    let systems: [CheckedSystem]

    func check(_ target: TargetSyntax, _ id: WorkloadID, reporting diagnostics: inout DiagnosticBag) {
        if cluster.workload(id)?.isDefined ?? false { return }
        if cluster.documentsWorkloads(of: id.namespace) {
            diagnostics.report(unknown(target, id))
            return
        }
        // Only systems describe the namespace: a policy may select what no system lists, but rarely means to.
        let listed = systems.filter { $0.namespace == id.namespace }.flatMap(\.applications).map(\.workload.value)
        if listed.isEmpty || listed.contains(id) { return }
        diagnostics.report(
            Diagnostic(
                .unresolvedTarget, at: target.name.origin,
                "nothing in the input defines \(id.kind.rawValue) `\(id.namespace)/\(id.name)`",
                label: "no system lists it"
            )
            .help(suggestion(for: id, among: listed) ?? "list it in a MultiAgentSystem, or add its \(id.kind.rawValue)"))
    }

    private func unknown(_ target: TargetSyntax, _ id: WorkloadID) -> Diagnostic {
        let defined = cluster.workloads.filter { $0.id.namespace == id.namespace && $0.isDefined }.map(\.id)
        if let other = defined.first(where: { $0.name == id.name }) {
            return Diagnostic(
                .unknownTarget, at: target.kind.origin, "`\(id.name)` is a \(other.kind.rawValue), not a \(id.kind.rawValue)",
                label: "the kind decides"
            )
            .help("write `kind: \(other.kind.rawValue)`")
        }
        return Diagnostic(
            .unknownTarget, at: target.name.origin,
            "no \(id.kind.rawValue) `\(id.name)` in namespace `\(id.namespace)`", label: "selects nothing"
        )
        .help(suggestion(for: id, among: defined) ?? "a `targetRef` selects in the policy's own namespace only")
    }

    private func suggestion(for id: WorkloadID, among known: [WorkloadID]) -> String? {
        closestMatch(to: id.name, among: known.map(\.name).sorted()).map { "did you mean `\($0)`?" }
    }
}
