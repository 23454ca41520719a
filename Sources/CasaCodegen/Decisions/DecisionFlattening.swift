package import CasaDiagnostics
package import CasaPolicyIR

/// Turns rules into flat decisions: subjects and classes by number, ports in disjoint intervals, each with
/// the word that the evaluator would give (`spec/ir.md`, "Flattening").
package struct DecisionFlattening: Sendable {
    /// Subject numbers have sixteen bits in a table key, and 0 is nobody.
    package static let subjectLimit = 0xFFFF
    /// Rules times classes times protocols; far beyond what any table holds.
    package static let strokeLimit = 1 << 22

    private struct Stroke {
        let flow: FlatDecisions.Flow
        let paint: PortPainting.Stroke
    }

    package static func run(
        _ policy: NamespacePolicy, classes: ClassAssignment, reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> FlatDecisions {
        try checkLimits(of: policy, reporting: &diagnostics)
        let loopback = policy.peers.firstIndex(of: .loopback)
        var strokeCount = 0
        for index in policy.rules.indices {
            let peer = policy.ruleNumbers[index].peer
            let transports = askable(policy.rules[index], isLoopback: peer == loopback).transports
            strokeCount += classes.classes(ofPeer: peer).count * transports.count
        }
        guard strokeCount <= strokeLimit else {
            throw diagnostics.fail(
                Diagnostic(
                    .tooManyRules, at: policy.rules.first?.origin,
                    "the rules of namespace `\(policy.name)` make \(strokeCount) decisions, "
                        + "the compiler takes at most \(strokeLimit)"
                )
                .help("name fewer address blocks inside wider ones"))
        }
        var strokes: [Stroke] = []
        strokes.reserveCapacity(strokeCount)
        for index in policy.rules.indices {
            let numbers = policy.ruleNumbers[index]
            precondition(numbers.subject > 0, "every rule is about a subject of its namespace")
            let word = Decision(effect: policy.rules[index].effect, rule: index).word
            let direction = policy.rules[index].direction
            let (transports, ports) = askable(policy.rules[index], isLoopback: numbers.peer == loopback)
            for transport in transports {
                for number in classes.classes(ofPeer: numbers.peer) {
                    let flow = FlatDecisions.Flow(
                        subject: numbers.subject, classNumber: number, direction: direction,
                        transport: transport)
                    strokes.append(Stroke(flow: flow, paint: .init(ports: ports, word: word)))
                }
            }
        }
        return FlatDecisions(entries: join(strokes))
    }

    /// The protocols and ports under which a rule can be asked for.
    ///
    /// The device `lo` is asked once, whatever the protocol; everything else with its protocol and port.
    private static func askable(
        _ rule: Rule, isLoopback: Bool
    ) -> (transports: [Transport], ports: ClosedRange<UInt16>) {
        switch (isLoopback, rule.transport) {
        case (true, .any): (rule.ports.contains(0) ? anyTransport : [], 0...0)
        case (true, .tcp), (true, .udp): ([], 0...0)
        case (false, .any): (bothTransports, rule.ports)
        case (false, .tcp): (tcp, rule.ports)
        case (false, .udp): (udp, rule.ports)
        }
    }

    // Made once: this is asked for every rule.
    private static let anyTransport: [Transport] = [.any]
    private static let bothTransports: [Transport] = [.tcp, .udp]
    private static let tcp: [Transport] = [.tcp]
    private static let udp: [Transport] = [.udp]

    private static func join(_ strokes: [Stroke]) -> [FlatDecisions.Entry] {
        let sorted = strokes.sorted { $0.flow < $1.flow }
        var entries: [FlatDecisions.Entry] = []
        var start = 0
        while start < sorted.count {
            let flow = sorted[start].flow
            let end = sorted[start...].firstIndex { $0.flow != flow } ?? sorted.count
            entries.append(
                .init(flow: flow, intervals: PortPainting.join(sorted[start..<end].lazy.map(\.paint))))
            start = end
        }
        return entries
    }

    private static func checkLimits(
        of policy: NamespacePolicy, reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) {
        var failure: Reported?
        if policy.rules.count >= DecisionWord.ruleLimit {
            failure = diagnostics.fail(
                Diagnostic(
                    .tooManyRules, at: policy.rules.last?.origin,
                    "namespace `\(policy.name)` has \(policy.rules.count) rules, "
                        + "an object holds fewer than \(DecisionWord.ruleLimit)"
                )
                .help("name whole namespaces or wider address blocks instead of single peers"))
        }
        if policy.subjects.count > subjectLimit {
            failure = diagnostics.fail(
                Diagnostic(
                    .tooManyClasses, at: policy.subjects.last?.origin,
                    "namespace `\(policy.name)` has \(policy.subjects.count) workloads, "
                        + "an object holds at most \(subjectLimit)"
                )
                .help("split the namespace"))
        }
        if let failure { throw failure }
    }
}
