internal import CasaPolicyIR
internal import CasaVerify

/// Concrete questions and addresses: those at every bound of a policy, and random ones.
struct QuestionCorpus {
    struct Entry {
        let subject: UInt32
        let classNumber: UInt32
        let question: UInt32
    }

    let questions: [Entry]
    let addresses: [IPAddress]

    static let count = 2_000

    init(_ subject: MutationSubject, seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let rules = subject.classified.rules
        var questions: [Entry] = []
        for rule in rules {
            for number in rule.classes.prefix(4) {
                questions += Self.around(rule, class: number, count: subject.classified.subjectCount)
            }
        }
        let limit = subject.classified.subjectCount + 2
        for _ in 0..<Self.count {
            let isWild = random.chance(20)
            let direction = random.number(below: isWild ? 4 : 2)
            let protocolNumber = isWild ? Int(random.byte()) : random.pick([0, 6, 17])
            questions.append(
                Entry(
                    subject: isWild
                        ? UInt32(truncatingIfNeeded: random.next()) : UInt32(random.number(below: limit)),
                    classNumber: UInt32(random.number(below: isWild ? 1 << 32 : 64)),
                    question: UInt32(direction << 24 | protocolNumber << 16 | random.number(below: 1 << 16))))
        }
        self.questions = questions
        var addresses: [IPAddress] = []
        for block in subject.classified.regions.flatMap(\.blocks) {
            addresses += Self.around(block.addresses.lowerBound) + Self.around(block.addresses.upperBound)
        }
        for _ in 0..<Self.count {
            addresses.append(
                random.chance(50)
                    ? .v4(UInt32(truncatingIfNeeded: random.next()))
                    : .v6(high: random.next(), low: random.next()))
        }
        self.addresses = addresses
    }

    private static func around(_ rule: ClassifiedPolicy.Rule, class number: UInt16, count: Int) -> [Entry] {
        let ports = [
            rule.ports.lowerBound &- 1, rule.ports.lowerBound, rule.ports.upperBound,
            rule.ports.upperBound &+ 1,
        ]
        var entries: [Entry] = []
        for subject in [rule.subject, rule.subject - 1, rule.subject &+ 1] {
            for direction in UInt32(0)...1 {
                for protocolNumber in [UInt32(0), 6, 17] {
                    for port in ports {
                        entries.append(
                            Entry(
                                subject: UInt32(subject), classNumber: UInt32(number),
                                question: direction << 24 | protocolNumber << 16 | UInt32(port)))
                    }
                }
            }
        }
        return entries
    }

    private static func around(_ address: IPAddress) -> [IPAddress] {
        switch address {
        case .v4(let value): [.v4(value &- 1), address, .v4(value &+ 1)]
        case .v6(let high, let low):
            [
                .v6(high: low == 0 ? high &- 1 : high, low: low &- 1), address,
                .v6(high: low == .max ? high &+ 1 : high, low: low &+ 1),
            ]
        }
    }
}
