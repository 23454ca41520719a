package import CasaDiagnostics
package import CasaPolicyIR

/// The documents with every name resolved: what they say, before what it permits.
///
/// Only ``Check`` makes it.
package struct CheckedPolicies: Sendable {
    /// The managed namespaces, sorted by name.
    package let namespaces: [ManagedNamespace]
    /// Every workload the input knows, sorted.
    package let workloads: [Workload]
    package let systems: [CheckedSystem]
    package let policies: [CheckedPolicy]

    private let workloadNumbers: [WorkloadID: Int]
    private let namespaceNumbers: [String: Int]
    private let policiesByTarget: [WorkloadID: [Int]]
    /// Numbers of a system and of an application in it.
    private let partsByWorkload: [WorkloadID: [(system: Int, application: Int)]]

    init(
        namespaces: [ManagedNamespace], workloads: [Workload], systems: [CheckedSystem],
        policies: [CheckedPolicy]
    ) {
        self.namespaces = namespaces
        self.workloads = workloads
        self.systems = systems
        self.policies = policies
        workloadNumbers = Dictionary(
            workloads.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        namespaceNumbers = Dictionary(
            namespaces.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        policiesByTarget = Dictionary(grouping: policies.indices) { policies[$0].target.value }
        var parts: [WorkloadID: [(system: Int, application: Int)]] = [:]
        for (number, system) in systems.enumerated() {
            for (application, part) in system.applications.enumerated() {
                parts[part.workload.value, default: []].append((number, application))
            }
        }
        partsByWorkload = parts
    }

    package func workload(_ id: WorkloadID) -> Workload? {
        workloadNumbers[id].map { workloads[$0] }
    }

    /// A namespace, if it is managed.
    package func namespace(_ name: String) -> ManagedNamespace? {
        namespaceNumbers[name].map { namespaces[$0] }
    }

    package func isManaged(_ namespace: String) -> Bool { namespaceNumbers[namespace] != nil }

    /// The policies that select a workload, in the order in which they were read.
    package func policies(on workload: WorkloadID) -> [CheckedPolicy] {
        (policiesByTarget[workload] ?? []).map { policies[$0] }
    }

    /// The systems in which a workload plays a part, with the application it is there.
    package func parts(of workload: WorkloadID) -> [(system: CheckedSystem, application: CheckedApplication)]
    {
        (partsByWorkload[workload] ?? []).map { part in
            (systems[part.system], systems[part.system].applications[part.application])
        }
    }
}

/// A namespace whose workloads are denied by default.
package struct ManagedNamespace: Sendable {
    package let name: String
    /// What made it managed: its label, or the first document in it.
    package let origin: SourceRange
    package let disabledImplicitRules: Set<ImplicitRule>
}

/// A workload as far as the input describes it.
package struct Workload: Sendable {
    package let id: WorkloadID
    /// Where it is defined, or the first place that names it.
    package let origin: SourceRange
    /// Defined by a document of its own, not only named by a policy or a system.
    package let isDefined: Bool
    package let labels: [String: String]
    package let hostNetwork: Bool
    /// Container ports by name.
    package let namedPorts: [String: UInt16]
    /// Ports of the probes of its pod template, sorted.
    package let probePorts: [UInt16]
}

/// A MultiAgentSystem with its workloads resolved.
package struct CheckedSystem: Sendable {
    package let namespace: String
    package let name: Traced<String>
    package let displayName: String
    package let enabledToolChecks: [ToolCheck]
    package let llmHost: Traced<DomainName>?
    package let applications: [CheckedApplication]
}

/// An application of a system.
package struct CheckedApplication: Sendable {
    package let name: Traced<String>
    package let type: ApplicationType
    package let workload: Traced<WorkloadID>
    /// The host of `baseUrl` without its port, in lower case.
    package let host: Traced<String>
    package let port: UInt16
    package let scheme: String
    package let promptFieldJSONPath: String?

    /// The protocol that opens it; `http` opens it too.
    package var neededProtocol: AllowedProtocol {
        switch type {
        case .agent: .a2a
        case .mcpServer: .mcp
        case .client: .http
        }
    }
}

/// A CASAPolicy with its endpoints resolved.
package struct CheckedPolicy: Sendable {
    package let namespace: String
    package let name: Traced<String>
    package let target: Traced<WorkloadID>
    package let allowedProtocols: [Traced<AllowedProtocol>]
    package let endpoints: [ResolvedEndpoint]
    package let llmEndpoint: ResolvedEndpoint?
    package let sources: [CheckedSource]

    /// The name with its namespace: `namespace/name`.
    package var qualifiedName: String { "\(namespace)/\(name.value)" }
}

/// What an endpoint of a policy stands for.
package struct ResolvedEndpoint: Sendable {
    /// As it was written, for people: `name.namespace:port`.
    package let text: String
    package let origin: SourceRange
    package let port: UInt16
    /// What is granted if the endpoint is open.
    package let grants: [Grant]
    /// The application it is, if it is one of a system.
    package let application: CheckedApplication?
    /// An external name, whose addresses the node has to be told.
    package let name: DomainName?
}

/// Peers a flow may be opened to, and the port there.
package struct Grant: Hashable, Sendable {
    package let peer: PeerClass
    package let port: UInt16
    package let transport: Transport
}

/// One entry of `allowedSources`.
package struct CheckedSource: Sendable {
    package let peer: PeerClass
    package let ports: [SourcePorts]
    package let origin: SourceRange

    package struct SourcePorts: Hashable, Sendable {
        package let ports: ClosedRange<UInt16>
        package let transport: Transport
    }
}
