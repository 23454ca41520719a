package import CasaPolicyIR

/// One peer class of an object, as the manifest writes it.
package struct ClassEntry: Hashable, Sendable, Codable {
    package enum Kind: String, Hashable, Sendable, Codable {
        case loopback, node, resolver, runtime, workload, service, name, namespace, pods, region
    }

    package let number: UInt16
    package let kind: Kind
    package var namespace: String?
    package var workloadKind: String?
    package var name: String?
    package var labels: [String: String]?
    /// The blocks a region lies in; the region itself is in the code.
    package var blocks: [String]?

    /// A learned class.
    package init(number: UInt16, peer: PeerClass) {
        self.number = number
        switch peer {
        case .loopback: kind = .loopback
        case .node: kind = .node
        case .resolver: kind = .resolver
        case .runtime: kind = .runtime
        case .workload(let workload):
            kind = .workload
            namespace = workload.namespace
            workloadKind = workload.kind.rawValue
            name = workload.name
        case .service(let service):
            kind = .service
            namespace = service.namespace
            name = service.name
        case .name(let domain):
            kind = .name
            name = domain.description
        case .namespace(let space):
            kind = .namespace
            namespace = space
        case .pods(let selector):
            kind = .pods
            namespace = selector.namespace
            labels = Dictionary(
                selector.labels.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
        case .block(let block):
            kind = .region
            blocks = [block.description]
        }
    }

    /// The addresses that lie in all of these blocks and in no other of the policy.
    package init(number: UInt16, region: [CIDRBlock]) {
        self.number = number
        kind = .region
        blocks = region.map(\.description)
    }

    /// The class of the policy it stands for; `nil` for a region, and for an entry that makes no sense.
    package var peer: PeerClass? {
        switch kind {
        case .loopback: return .loopback
        case .node: return .node
        case .resolver: return .resolver
        case .runtime: return .runtime
        case .workload:
            guard let namespace, let name, let kind = workloadKind.flatMap(WorkloadID.Kind.init) else {
                return nil
            }
            return .workload(WorkloadID(namespace: namespace, kind: kind, name: name))
        case .service:
            guard let namespace, let name else { return nil }
            return .service(ServiceID(namespace: namespace, name: name))
        case .name: return name.map { .name(DomainName($0)) }
        case .namespace: return namespace.map(PeerClass.namespace)
        case .pods:
            let labels = (labels ?? [:]).map { PodSelector.Label(key: $0.key, value: $0.value) }
            return .pods(PodSelector(namespace: namespace, labels: labels))
        case .region: return nil
        }
    }
}
