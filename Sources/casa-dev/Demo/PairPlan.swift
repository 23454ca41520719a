internal import CasaPolicyIR

/// One flow that is tried, over each family of addresses.
struct Pair {
    let source: Party
    let target: Party
    let transport: Transport
    let port: UInt16
    /// Where the target is, and the source's address of the same family.
    let routes: [Route]
    let expectation: Expectation

    struct Route {
        let from: IPAddress
        let to: IPAddress
    }
}

/// Every ordered pair of hosts that the demo tries.
struct PairPlan {
    let pairs: [Pair]

    init(_ topology: Topology, judge: Judge) {
        let parties = topology.parties
        var pairs: [Pair] = []
        for source in parties where source.workload != nil || source.role == .node {
            for target in parties where target.number != source.number {
                // The node is there for its probes; what else it reaches says nothing.
                if source.role == .node, !judge.isManaged(target) { continue }
                let served = target.ports.flatMap { Self.pairs(source, target, .tcp, $0, judge) }
                pairs += served
                // Where one port is open, the next one must not be.
                if served.contains(where: { if case .allowed = $0.expectation { true } else { false } }) {
                    pairs += Self.pairs(source, target, .tcp, topology.unmentionedPort, judge)
                }
                pairs += target.datagramPorts.flatMap { Self.pairs(source, target, .udp, $0, judge) }
            }
        }
        self.pairs = pairs
    }

    /// One pair; two where the families are judged differently.
    private static func pairs(
        _ source: Party, _ target: Party, _ transport: Transport, _ port: UInt16, _ judge: Judge
    ) -> [Pair] {
        let routes = zip(source.addresses, target.addresses).map { Pair.Route(from: $0, to: $1) }
        let expectations = routes.map { route in
            judge.expectation(from: route.from, of: source, to: route.to, of: target, transport, port)
        }
        func pair(_ routes: [Pair.Route], _ expectation: Expectation) -> Pair {
            Pair(
                source: source, target: target, transport: transport, port: port, routes: routes,
                expectation: expectation)
        }
        if Set(expectations).count == 1 { return [pair(routes, expectations[0])] }
        return zip(routes, expectations).map { pair([$0], $1) }
    }
}
