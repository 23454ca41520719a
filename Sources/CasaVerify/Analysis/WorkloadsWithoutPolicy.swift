internal import CasaDiagnostics
internal import CasaPolicyIR
internal import CasaPolicyLang

/// Asks whether there is a managed workload that no policy selects.
///
/// It is denied by default, which a server that only answers may well want; an agent or a client never does.
enum WorkloadsWithoutPolicy: Question {
    static func findings(in policies: CheckedPolicies) -> [Diagnostic] {
        policies.workloads.filter {
            policies.isManaged($0.id.namespace) && policies.policies(on: $0.id).isEmpty
        }.map { workload in
            let onlyAnswers = policies.parts(of: workload.id).allSatisfy { $0.application.type == .mcpServer }
            return Diagnostic(
                .workloadWithoutPolicy, onlyAnswers ? .info : .warning, at: workload.origin,
                "no policy selects `\(workload.id)`: it may open nothing",
                label: "denied by default"
            )
            .help("add a CASAPolicy with this `targetRef` if it has to reach anything")
        }
    }
}
