internal import CasaDiagnostics
package import CasaPolicyIR

/// Turns what the documents say into what they permit.
///
/// Pure and total: everything that could be wrong was said by ``Check`` and the analyses.
package struct Lower {
    package init() {}

    package func run(_ checked: CheckedPolicies) -> PolicyModel {
        let egress = checked.policies.flatMap { EgressRules(policy: $0).rules }
        let admissions = Admission(checked: checked, egress: egress).rules
        let sources = checked.policies.flatMap(SourceRules.rules)
        let workloads = Dictionary(grouping: checked.workloads, by: \.id.namespace)
        let implicit = checked.namespaces.flatMap {
            ImplicitRules(namespace: $0, workloads: workloads[$0.name] ?? []).rules
        }
        let rules = Dictionary(grouping: egress + admissions + sources + implicit, by: \.subject.namespace)
        let systems = Dictionary(grouping: checked.systems, by: \.namespace)
        let policies = Dictionary(grouping: checked.policies, by: \.namespace)
        return PolicyModel(
            namespaces: checked.namespaces.map { namespace in
                NamespacePolicy(
                    name: namespace.name,
                    subjects: (workloads[namespace.name] ?? []).map(Self.subject),
                    rules: rules[namespace.name] ?? [],
                    runtime: RuntimeLowering(
                        systems: systems[namespace.name] ?? [], policies: policies[namespace.name] ?? []
                    ).tables)
            })
    }

    private static func subject(_ workload: Workload) -> Subject {
        Subject(workload: workload.id, hostNetwork: workload.hostNetwork, origin: workload.origin)
    }
}

/// What a policy lets its workload open (`spec/semantics.md`, "Egress").
struct EgressRules {
    let policy: CheckedPolicy

    var rules: [Rule] {
        (policy.endpoints + [policy.llmEndpoint].compactMap { $0 }).filter(isOpen).flatMap(rules)
    }

    /// An application is open only to the protocol it speaks; what is closed above is closed in the kernel too.
    private func isOpen(_ endpoint: ResolvedEndpoint) -> Bool {
        guard let application = endpoint.application else { return true }
        return policy.opens(application)
    }

    private func rules(_ endpoint: ResolvedEndpoint) -> [Rule] {
        var points: [EnforcementPoint] = [.kernel]
        if endpoint.application.map({ $0.type != .client }) ?? false { points.append(.runtime) }
        if endpoint.name != nil { points.append(.inventory) }
        return endpoint.grants.map { grant in
            Rule(
                subject: policy.target.value, direction: .egress, peer: grant.peer,
                transport: grant.transport,
                ports: grant.port...grant.port, source: .written(policy: policy.qualifiedName),
                origin: endpoint.origin, enforcement: points)
        }
    }
}

extension CheckedPolicy {
    /// Whether `allowedProtocols` admits the protocol an application needs; `http` admits HTTP to any of them.
    package func opens(_ application: CheckedApplication) -> Bool {
        allowedProtocols.contains { $0.value == application.neededProtocol || $0.value == .http }
    }
}

/// What `allowedSources` lets in.
enum SourceRules {
    static func rules(of policy: CheckedPolicy) -> [Rule] {
        policy.sources.flatMap { source in
            source.ports.map { ports in
                Rule(
                    subject: policy.target.value, direction: .ingress, peer: source.peer,
                    transport: ports.transport, ports: ports.ports,
                    source: .written(policy: policy.qualifiedName), origin: source.origin)
            }
        }
    }
}
