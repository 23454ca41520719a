package import CasaPolicyIR

/// The policy by numbers: what the manifest of an object claims, and what its bytes are held to.
///
/// The position of a rule is its number.
package struct ClassifiedPolicy: Hashable, Sendable {
    package struct Rule: Hashable, Sendable {
        /// From 1 on.
        package let subject: UInt16
        package let direction: Direction
        /// The classes under which the rule's peer is known.
        package let classes: [UInt16]
        package let transport: Transport
        package let ports: ClosedRange<UInt16>
        package let effect: Effect

        package init(
            subject: UInt16, direction: Direction, classes: [UInt16], transport: Transport,
            ports: ClosedRange<UInt16>, effect: Effect
        ) {
            self.subject = subject
            self.direction = direction
            self.classes = classes
            self.transport = transport
            self.ports = ports
            self.effect = effect
        }
    }

    /// The addresses that lie in all of these blocks and in no other of the policy.
    package struct Region: Hashable, Sendable {
        package let classNumber: UInt16
        package let blocks: [CIDRBlock]

        package init(classNumber: UInt16, blocks: [CIDRBlock]) {
            self.classNumber = classNumber
            self.blocks = blocks
        }
    }

    /// The class of the device `lo`, which is asked about once, whatever the protocol and port.
    package static let loopback: UInt16 = 1

    package let subjectCount: Int
    package let rules: [Rule]
    package let regions: [Region]

    package init(subjectCount: Int, rules: [Rule], regions: [Region]) {
        precondition(rules.count <= DecisionWord.ruleLimit, "a decision word has room for the rule")
        self.subjectCount = subjectCount
        self.rules = rules
        self.regions = regions
    }

    /// The word that `casa_verdict` has to answer; total, 0 for whatever is no question.
    ///
    /// SOUNDNESS: the meaning of the policy, in the order in which a reader would say it. The step functions
    /// that proofs use are held to it by test, as it is to the evaluator.
    package func word(subject: UInt32, class number: UInt32, question: UInt32) -> UInt32 {
        guard subject <= subjectCount, let subject = UInt16(exactly: subject), subject > 0,
            let number = UInt16(exactly: number), number > 0,
            let asked = AskedFlow(question)
        else { return 0 }
        var word: UInt32 = 0
        for (position, rule) in rules.enumerated()
        where rule.subject == subject && rule.direction == asked.direction && rule.classes.contains(number)
            && rule.matches(asked, about: number)
        {
            word = max(word, rule.word(number: position))
        }
        return word
    }

    /// The class that the region functions have to answer; 0 where no region holds the address.
    package func regionClass(of address: IPAddress) -> UInt16 {
        let holders = Set(regions.flatMap(\.blocks).map(\.normalised).filter { $0.contains(address) })
        guard !holders.isEmpty else { return 0 }
        return regions.first { Set($0.blocks.map(\.normalised)) == holders }?.classNumber ?? 0
    }
}

extension ClassifiedPolicy.Rule {
    /// Whether transport and port are the rule's.
    fileprivate func matches(_ asked: AskedFlow, about number: UInt16) -> Bool {
        guard number != ClassifiedPolicy.loopback else {
            return asked.transport == .any && asked.port == 0 && transport == .any && ports.contains(0)
        }
        return asked.transport != .any && (transport == .any || transport == asked.transport)
            && ports.contains(asked.port)
    }

    /// What it answers where no stronger rule does.
    func word(number: Int) -> UInt32 { Decision(effect: effect, rule: number).word }
}

/// A question to the decision function in parts; `nil` for numbers that are none.
private struct AskedFlow {
    let direction: Direction
    let transport: Transport
    let port: UInt16

    init?(_ question: UInt32) {
        guard let direction = Direction.allCases.first(where: { UInt32($0.number) == question >> 24 }),
            let transport = Transport.allCases.first(where: { UInt32($0.number) == question >> 16 & 0xFF })
        else { return nil }
        self.direction = direction
        self.transport = transport
        port = UInt16(truncatingIfNeeded: question)
    }
}
