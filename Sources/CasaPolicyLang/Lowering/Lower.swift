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
        let implicit = checked.namespaces.flatMap { ImplicitRules(namespace: $0, checked: checked).rules }
        let rules = Dictionary(grouping: egress + admissions + sources + implicit, by: \.subject.namespace)
        return PolicyModel(
            namespaces: checked.namespaces.map { namespace in
                NamespacePolicy(
                    name: namespace.name,
                    subjects: Self.subjects(of: namespace.name, in: checked),
                    rules: rules[namespace.name] ?? [],
                    runtime: RuntimeLowering(namespace: namespace.name, checked: checked).tables)
            })
    }

    private static func subjects(of namespace: String, in checked: CheckedPolicies) -> [Subject] {
        checked.workloads.filter { $0.id.namespace == namespace }.map {
            Subject(workload: $0.id, hostNetwork: $0.hostNetwork, origin: $0.origin)
        }
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
