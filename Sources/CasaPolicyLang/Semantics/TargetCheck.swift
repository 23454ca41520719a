internal import CasaDiagnostics
internal import CasaPolicyIR

/// Says whether the workload that a policy selects is there.
struct TargetCheck {
    let cluster: ClusterView
    let applications: ApplicationIndex

    func check(_ target: TargetSyntax, _ id: WorkloadID, reporting diagnostics: inout DiagnosticBag) {
        if cluster.workload(id)?.isDefined ?? false { return }
        if cluster.documentsWorkloads(of: id.namespace) {
            diagnostics.report(unknown(target, id))
            return
        }
        // Only systems describe the namespace: a policy may select what no system lists, but rarely means to.
        let listed = applications.workloads(listedIn: id.namespace)
        if listed.isEmpty || listed.contains(id) { return }
        diagnostics.report(
            Diagnostic(
                .unresolvedTarget, at: target.name.origin,
                "nothing in the input defines \(id.kind.rawValue) `\(id.namespace)/\(id.name)`",
                label: "no system lists it"
            )
            .help(
                suggestion(for: id, among: listed)
                    ?? "list it in a MultiAgentSystem, or add its \(id.kind.rawValue)"))
    }

    private func unknown(_ target: TargetSyntax, _ id: WorkloadID) -> Diagnostic {
        let defined = cluster.workloads.defined(in: id.namespace).map(\.id)
        if let other = defined.first(where: { $0.name == id.name }) {
            return Diagnostic(
                .unknownTarget, at: target.kind.origin,
                "`\(id.name)` is a \(other.kind.rawValue), not a \(id.kind.rawValue)",
                label: "the kind decides"
            )
            .help("write `kind: \(other.kind.rawValue)`")
        }
        return Diagnostic(
            .unknownTarget, at: target.name.origin,
            "no \(id.kind.rawValue) `\(id.name)` in namespace `\(id.namespace)`", label: "selects nothing"
        )
        .help(
            suggestion(for: id, among: defined) ?? "a `targetRef` selects in the policy's own namespace only")
    }

    private func suggestion(for id: WorkloadID, among known: [WorkloadID]) -> String? {
        closestMatch(to: id.name, among: known.map(\.name).sorted()).map { "did you mean `\($0)`?" }
    }
}
