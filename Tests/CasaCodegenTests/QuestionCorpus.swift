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

extension QuestionCorpus {
    /// Numbers drawn at random around those of the policy, most of them no question at all.
    static func random(
        _ policy: NamespacePolicy, classes: ClassAssignment, count: Int, using random: inout SeededRandom
    ) -> [Item] {
        let evaluator = Evaluator(policy)
        let peers = Dictionary(uniqueKeysWithValues: representatives(classes).map { ($0.number, $0.peer) })
        let highest = UInt16(15 + peers.count)
        return (0..<count).map { _ in
            let subject = UInt32.random(in: 0...UInt32(policy.subjects.count + 1), using: &random)
            let number = UInt16.random(in: 0...highest, using: &random)
            let transport = random.pick([0, 6, 6, 6, 17, 17, 18, 255] as [UInt32])
            let direction = random.pick([0, 0, 1, 1, 2, 128] as [UInt32])
            let port = UInt16.random(in: 0...UInt16.max, using: &random)
            let question = direction << 24 | transport << 16 | UInt32(port)
            var word: UInt32 = 0
            if let peer = peers[number], number != 1, (1...policy.subjects.count).contains(Int(subject)),
                direction < 2,
                let asked = Transport.allCases.first(where: { UInt32($0.number) == transport }),
                asked != .any
            {
                word =
                    evaluator.decide(
                        Question(
                            subject: policy.subjects[Int(subject) - 1].workload,
                            direction: direction == 0 ? .egress : .ingress, peer: peer, transport: asked,
                            port: port)
                    ).word
            }
            return Item(subject: subject, classNumber: number, question: question, word: word)
        }
    }
}
