internal import CasaDiagnostics
internal import CasaPolicyIR

/// Resolves the target, the endpoints and the sources of a policy.
struct PolicyCheck {
    let cluster: ClusterView
    let applications: ApplicationIndex

    func check(_ policy: CASAPolicySyntax, reporting diagnostics: inout DiagnosticBag) -> CheckedPolicy {
        let namespace = policy.metadata.space
        let target = WorkloadID(
            namespace: namespace, kind: policy.target.kind.value, name: policy.target.name.value)
        TargetCheck(cluster: cluster, applications: applications)
            .check(policy.target, target, reporting: &diagnostics)
        let resolution = EndpointResolution(cluster: cluster, applications: applications)
        return CheckedPolicy(
            namespace: namespace, name: policy.metadata.name,
            target: Traced(target, at: policy.target.origin),
            allowedProtocols: policy.allowedProtocols?.value ?? [],
            endpoints: policy.allowedEndpoints.compactMap { resolution.resolve($0, reporting: &diagnostics) },
            llmEndpoint: policy.llmEndpoint.flatMap { resolution.resolve($0, reporting: &diagnostics) },
            sources: policy.allowedSources.map {
                SourceCheck(cluster: cluster, namespace: namespace).check($0, reporting: &diagnostics)
            })
    }
}
