import CasaBundle
import CasaCodegen
import CasaPolicyIR
import CasaTestSupport
import CasaVerify
import Testing

@Suite struct ClassifiedPolicyTests {
    /// Someone of whom the evaluator thinks what the code has to think of a class.
    private func representatives(_ classes: ClassAssignment) -> [(number: UInt16, peer: Peer)] {
        var addresses: [UInt16: IPAddress] = [:]
        for step in classes.regions4.steps { addresses[step.classNumber] = .v4(step.start) }
        for step in classes.regions6.steps where addresses[step.classNumber] == nil {
            addresses[step.classNumber] = .v6(
                high: UInt64(step.start >> 64), low: UInt64(truncatingIfNeeded: step.start))
        }
        return classes.entries.map { entry in
            let learned = entry.peer.map { Peer(address: nil, classes: [$0]) }
            return (entry.number, learned ?? Peer(address: addresses[entry.number], classes: []))
        }
    }

    private func boundaryPorts(_ policy: NamespacePolicy) -> [UInt16] {
        var ports: Set<UInt16> = [0, 1, 65534, 65535]
        for rule in policy.rules {
            for port in [rule.ports.lowerBound, rule.ports.upperBound] {
                ports.formUnion([port == 0 ? 0 : port - 1, port, port == .max ? .max : port + 1])
            }
        }
        return ports.sorted()
    }

    @Test("the word of a question is the evaluator's about a peer of that class alone", arguments: 0..<30)
    func words(seed: Int) throws {
        let specimen = try Specimen(seed: seed, as: .tree)
        let policy = specimen.policy
        let evaluator = Evaluator(policy)
        let ports = boundaryPorts(policy)
        let function = specimen.claimed.verdict
        var (asked, wrong) = (0, 0)
        for (number, peer) in representatives(specimen.classes) {
            for (index, subject) in policy.subjects.enumerated() {
                for direction in Direction.allCases {
                    // The device lo is asked without protocol and port, everything else with both.
                    for transport in number == 1 ? [Transport.any] : [.tcp, .udp] {
                        for port in transport == .any ? [0] : ports {
                            let question =
                                UInt32(direction.number) << 24 | UInt32(transport.number) << 16 | UInt32(port)
                            let expected = evaluator.decide(
                                Question(
                                    subject: subject.workload, direction: direction, peer: peer,
                                    transport: transport, port: port)
                            ).word
                            let word = specimen.claimed.word(
                                subject: UInt32(index + 1), class: UInt32(number), question: question)
                            let point = [UInt64(index + 1), UInt64(number), UInt64(question)]
                            asked += 1
                            if word != expected || function.value(at: point) != expected { wrong += 1 }
                        }
                    }
                }
            }
        }
        #expect(wrong == 0, "of \(asked)")
        #expect(asked > 0)
    }

    @Test("the step function is the word everywhere, questions or not", arguments: 0..<20)
    func totality(seed: Int) throws {
        let policy = try Specimen(seed: seed, as: .tree).claimed
        let function = policy.verdict
        var random = SeededGenerator(seed: UInt64(seed))
        let classes = policy.rules.flatMap(\.classes) + [0, 1, 2, 15, 16, 65535]
        var answered = 0
        for _ in 0..<4000 {
            let rule = random.pick(policy.rules)
            let isClose = random.chance(50)
            let subject =
                isClose ? UInt32(rule.subject) : UInt32(random.number(below: policy.subjectCount + 3))
            let number = UInt32(random.pick(isClose ? rule.classes : classes))
            let transport = random.pick([0, 1, 6, 6, 6, 7, 17, 17, 134, 255] as [UInt32])
            let direction = random.pick([0, 0, 1, 1, 2, 128] as [UInt32])
            let port = random.pick([0, rule.ports.lowerBound, rule.ports.upperBound, 65535])
            let wide = random.chance(10) ? UInt32(1) << UInt32(16 + random.number(below: 16)) : 0
            let question = direction << 24 | transport << 16 | UInt32(port)
            let word = policy.word(subject: subject | wide, class: number ^ wide, question: question)
            let point = [UInt64(subject | wide), UInt64(number ^ wide), UInt64(question)]
            #expect(function.value(at: point) == word, "\(point)")
            if word != 0 { answered += 1 }
        }
        #expect(answered > 20)
    }

    @Test("what is no question is answered with 0")
    func noQuestions() throws {
        let policy = ClassifiedPolicy(
            subjectCount: 1,
            rules: [
                .init(
                    subject: 1, direction: .egress, classes: [1], transport: .any, ports: 0...65535,
                    effect: .allow),
                .init(
                    subject: 1, direction: .egress, classes: [16], transport: .any, ports: 0...65535,
                    effect: .deny),
                .init(
                    subject: 1, direction: .egress, classes: [1], transport: .tcp, ports: 0...65535,
                    effect: .quarantine),
            ], regions: [])
        func word(_ number: UInt32, _ question: UInt32, subject: UInt32 = 1) -> UInt32 {
            policy.word(subject: subject, class: number, question: question)
        }
        #expect(word(1, 0) == 0x02FF_FFFF)
        #expect(word(1, 1) == 0 && word(1, 6 << 16) == 0 && word(1, 1 << 24) == 0)
        #expect(word(16, 6 << 16 | 80) == 0x03FF_FFFE && word(16, 17 << 16) == 0x03FF_FFFE)
        #expect(word(16, 0) == 0 && word(16, 5 << 16) == 0 && word(16, 6 << 16 | 2 << 24) == 0)
        for subject in [0, 2, 0x1_0001] as [UInt32] { #expect(word(16, 6 << 16, subject: subject) == 0) }
        #expect(word(0, 6 << 16) == 0 && word(0x1_0010, 6 << 16) == 0)
    }

    @Test("an address has the class of the compiler's region, at every end of every block", arguments: 0..<30)
    func regions(seed: Int) throws {
        let specimen = try Specimen(seed: seed, as: .tree)
        let claimed = specimen.claimed
        let v4 = RegionReference(.v4, of: claimed)
        let v6 = RegionReference(.v6, of: claimed)
        var addresses: Set<IPAddress> = [.v4(0), .v4(.max), .v6(high: 0, low: 0), .v6(high: .max, low: .max)]
        for block in claimed.regions.flatMap(\.blocks) {
            for end in [block.addresses.lowerBound, block.addresses.upperBound] {
                addresses.formUnion([end, end.next, end.previous])
            }
        }
        for address in addresses {
            let (expected, value) =
                switch address {
                case .v4(let number):
                    (specimen.classes.regions4[number], v4.function.value(at: [UInt64(number)]))
                case .v6(let high, let low):
                    (
                        specimen.classes.regions6[UInt128(high) << 64 | UInt128(low)],
                        v6.function.value(at: [high, low])
                    )
                }
            #expect(claimed.regionClass(of: address) == expected, "\(address)")
            #expect(value == UInt32(expected), "\(address)")
        }
        #expect((v4.firstMember != nil) == specimen.classes.regions4.hasRegions)
        #expect((v6.firstMember != nil) == specimen.classes.regions6.hasRegions)
        for member in [v4.firstMember, v6.firstMember] {
            if let member { #expect(claimed.regionClass(of: member) != 0) }
        }
    }
}
