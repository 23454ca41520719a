internal import CasaDiagnostics
internal import CasaPolicyIR

/// Finds the workloads: those with documents of their own, and those that systems and policies name.
struct WorkloadDiscovery {
    let workloads: [Workload]

    init(_ syntax: PolicySyntax) {
        var found: [WorkloadID: Workload] = [:]
        for document in syntax.workloads {
            let workload = Workload(document)
            if found[workload.id] == nil { found[workload.id] = workload }
        }
        for policy in syntax.policies {
            let id = WorkloadID(
                namespace: policy.metadata.space, kind: policy.target.kind.value,
                name: policy.target.name.value)
            if found[id] == nil { found[id] = Workload(named: id, at: policy.target.name.origin) }
        }
        var names = Set(found.keys.map { QualifiedName(namespace: $0.namespace, name: $0.name) })
        for system in syntax.systems {
            for application in system.applications {
                let name = application.value.workloadName
                let namespace = system.metadata.space
                guard names.insert(QualifiedName(namespace: namespace, name: name.value)).inserted else {
                    continue
                }
                let id = WorkloadID(namespace: namespace, kind: .deployment, name: name.value)
                found[id] = Workload(named: id, at: name.origin)
            }
        }
        workloads = found.values.sorted { $0.id < $1.id }
    }
}

extension ApplicationSyntax {
    /// The workload's name; upstream's API takes the application's own where it is absent.
    var workloadName: Traced<String> { kubernetesWorkloadName ?? name }
}

extension Workload {
    fileprivate init(named id: WorkloadID, at origin: SourceRange) {
        self.init(
            id: id, origin: origin, isDefined: false, labels: [:], hostNetwork: false, namedPorts: [:],
            probePorts: [])
    }

    fileprivate init(_ document: WorkloadSyntax) {
        let containers = document.containers.map(\.value)
        let named = containers.flatMap(\.ports).compactMap { port in
            port.value.name.map { ($0.value, port.value.containerPort.value) }
        }
        let namedPorts = Dictionary(named, uniquingKeysWith: { first, _ in first })
        let probes = containers.flatMap(\.probePorts).compactMap { probe -> UInt16? in
            switch probe.value {
            case .number(let number): number
            case .name(let name): namedPorts[name]
            }
        }
        self.init(
            id: WorkloadID(
                namespace: document.metadata.space, kind: document.kind.value,
                name: document.metadata.name.value),
            origin: document.metadata.name.origin, isDefined: true,
            labels: Dictionary(
                document.podLabels.map { ($0.key.value, $0.value.value) },
                uniquingKeysWith: { first, _ in first }),
            hostNetwork: document.hostNetwork?.value ?? false, namedPorts: namedPorts,
            probePorts: Set(probes).sorted())
    }
}
