/// What a policy can talk about on the other side of a flow.
///
/// Classes are policy; which addresses belong to them is learned on the node. An address may be in several:
/// the set of its classes is its *atom*, and a decision about it joins the decisions about each.
package enum PeerClass: Hashable, Sendable {
    /// Packets on the device `lo`.
    case loopback
    /// This node's own interface addresses.
    case node
    /// The declared DNS resolvers.
    case resolver
    /// The CASA runtime.
    case runtime
    /// The pods of a workload.
    case workload(WorkloadID)
    /// The cluster addresses of a Service, before they are translated.
    case service(ServiceID)
    /// The addresses the resolver gave for a name outside the cluster.
    case name(DomainName)
    /// Every pod of a namespace.
    case namespace(String)
    /// Pods by label.
    case pods(PodSelector)
    /// A block of addresses.
    case block(CIDRBlock)
}

extension PeerClass: CustomStringConvertible {
    package var description: String {
        switch self {
        case .loopback: "loopback"
        case .node: "node"
        case .resolver: "resolver"
        case .runtime: "casa-runtime"
        case .workload(let workload): "workload \(workload)"
        case .service(let service): "service \(service)"
        case .name(let name): "name \(name)"
        case .namespace(let namespace): "namespace \(namespace)"
        case .pods(let selector): "pods \(selector)"
        case .block(let block): "block \(block)"
        }
    }

    private var rank: Int {
        switch self {
        case .loopback: 1
        case .node: 2
        case .resolver: 3
        case .runtime: 4
        case .workload: 5
        case .service: 6
        case .name: 7
        case .namespace: 8
        case .pods: 9
        case .block: 10
        }
    }
}

extension PeerClass: Comparable {
    package static func < (left: Self, right: Self) -> Bool {
        switch left {
        case .loopback, .node, .resolver, .runtime: break
        case .workload(let left): if case .workload(let right) = right { return left < right }
        case .service(let left): if case .service(let right) = right { return left < right }
        case .name(let left): if case .name(let right) = right { return left < right }
        case .namespace(let left): if case .namespace(let right) = right { return left < right }
        case .pods(let left): if case .pods(let right) = right { return left < right }
        case .block(let left): if case .block(let right) = right { return left < right }
        }
        return left.rank < right.rank
    }
}
