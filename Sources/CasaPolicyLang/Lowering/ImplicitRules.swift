internal import CasaDiagnostics
internal import CasaPolicyIR

/// The rules that hold without being written, unless the namespace switches them off
/// (`spec/semantics.md`, "Implicit rules").
struct ImplicitRules {
    /// Where the runtime listens: HTTP API, ext_authz inbound and outbound, and the node's own listener.
    static let runtimePorts: [UInt16] = [4100, 4200, 5100, 8000]

    let namespace: ManagedNamespace
    /// Those of the namespace.
    let workloads: [Workload]

    var rules: [Rule] {
        workloads.flatMap { workload in
            ImplicitRule.allCases.filter { !namespace.disabledImplicitRules.contains($0) }.flatMap {
                rules($0, for: workload)
            }
        }
    }

    private func rules(_ implicit: ImplicitRule, for workload: Workload) -> [Rule] {
        func rule(
            _ direction: Direction, _ peer: PeerClass, _ transport: Transport, _ ports: ClosedRange<UInt16>
        ) -> Rule {
            Rule(
                subject: workload.id, direction: direction, peer: peer, transport: transport, ports: ports,
                source: .implicit(implicit), origin: namespace.origin)
        }
        switch implicit {
        case .loopback:
            // The device lo of a host-network pod is the node's: everything on the node would be its peer.
            if workload.hostNetwork { return [] }
            return Direction.allCases.map { rule($0, .loopback, .any, 0...UInt16.max) }
        case .resolver:
            return [Transport.tcp, .udp].map { rule(.egress, .resolver, $0, 53...53) }
        case .nodeProbe:
            return workload.probePorts.map { rule(.ingress, .node, .tcp, $0...$0) }
        case .casaRuntime:
            return Self.runtimePorts.map { rule(.egress, .runtime, .tcp, $0...$0) }
        }
    }
}
