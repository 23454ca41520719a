import CasaBundle
import CasaCodegen
import CasaPolicyIR

/// Questions about a policy with the answers that the evaluator gives: every flow at every boundary port.
struct QuestionCorpus {
    struct Item {
        let subject: UInt32
        let classNumber: UInt16
        let question: UInt32
        let word: UInt32
    }

    let items: [Item]

    /// Someone of whom the evaluator thinks what the code has to think of a class.
    static func representatives(_ classes: ClassAssignment) -> [(number: UInt16, peer: Peer)] {
        var addresses: [UInt16: IPAddress] = [:]
        for step in classes.regions4.steps { addresses[step.classNumber] = .v4(step.start) }
        for step in classes.regions6.steps where addresses[step.classNumber] == nil {
            addresses[step.classNumber] = .v6(
                high: UInt64(truncatingIfNeeded: step.start >> 64),
                low: UInt64(truncatingIfNeeded: step.start))
        }
        return classes.entries.map { entry in
            if let peer = entry.peer { return (entry.number, Peer(address: nil, classes: [peer])) }
            return (entry.number, Peer(address: addresses[entry.number], classes: []))
        }
    }

    static func boundaryPorts(_ policy: NamespacePolicy) -> [UInt16] {
        var ports: Set<UInt16> = [0, 1, 65534, 65535]
        for rule in policy.rules {
            for port in [rule.ports.lowerBound, rule.ports.upperBound] {
                ports.formUnion([port == 0 ? 0 : port - 1, port, port == .max ? .max : port + 1])
            }
        }
        return ports.sorted()
    }

    init(_ policy: NamespacePolicy, classes: ClassAssignment, portStride: Int = 1) {
        let evaluator = Evaluator(policy)
        let ports = Self.boundaryPorts(policy)
        var items: [Item] = []
        for (number, peer) in Self.representatives(classes) {
            for (index, subject) in policy.subjects.enumerated() {
                for direction in Direction.allCases {
                    for transport in Transport.allCases {
                        // The device lo is asked without protocol and port, everything else with both.
                        guard (transport == .any) == (number == 1) else { continue }
                        let offset = (Int(number) + index) % portStride
                        for port in transport == .any ? [0] : Array(ports) {
                            if transport != .any, Int(port) % portStride != offset { continue }
                            let decision = evaluator.decide(
                                Question(
                                    subject: subject.workload, direction: direction, peer: peer,
                                    transport: transport, port: port))
                            items.append(
                                Item(
                                    subject: UInt32(index + 1), classNumber: number,
                                    question: UInt32(direction.number) << 24 | UInt32(transport.number) << 16
                                        | UInt32(port),
                                    word: decision.word))
                        }
                    }
                }
            }
        }
        self.items = items
    }
}
