internal import CasaDiagnostics
package import CasaPolicyIR

/// What the numbers of an object stand for, so that people can be told of a flow instead of three words.
package struct WitnessLegend: Sendable {
    /// What a class number stands for.
    package enum Meaning: Hashable, Sendable {
        /// An address has it because a node was told so.
        case learned(PeerClass)
        /// The addresses in all of these blocks and in no other block of the policy.
        case region([CIDRBlock])
    }

    /// Where a rule is written.
    package struct Place: Hashable, Sendable {
        /// `file:line:column`.
        package let description: String
        /// The first line of the rule, where the sources are there.
        package let line: String?

        package init(description: String, line: String?) {
            self.description = description
            self.line = line
        }
    }

    package let policy: NamespacePolicy
    private let meanings: [UInt16: Meaning]
    private let places: [Int: Place]

    /// `places` are those of rules by number, for a policy that was read from a manifest; without them the rules themselves
    /// know where they come from.
    package init(_ policy: NamespacePolicy, classes: [UInt16: Meaning], places: [Int: Place] = [:]) {
        self.policy = policy
        meanings = classes
        var all = places
        for (number, rule) in policy.rules.enumerated() where all[number] == nil {
            guard let origin = rule.origin else { continue }
            let line = origin.file.text(origin.file.byteRange(ofLine: origin.start.line))
            all[number] = Place(description: origin.description, line: line)
        }
        self.places = all
    }

    package func meaning(of classNumber: UInt32) -> Meaning? {
        UInt16(exactly: classNumber).flatMap { meanings[$0] }
    }

    package func place(ofRule number: Int) -> Place? { places[number] }

    /// The workload that a subject number stands for; `nil` for nobody.
    func workload(_ subject: UInt32) -> WorkloadID? {
        guard subject > 0, subject <= policy.subjects.count else { return nil }
        return policy.subjects[Int(subject) - 1].workload
    }

    /// All blocks of the policy, each in one spelling.
    var blocks: [CIDRBlock] {
        policy.peers.compactMap { if case .block(let block) = $0 { block.normalised } else { nil } }
    }

    /// The number of the region that holds an address; 0 for none.
    func region(of address: IPAddress) -> UInt16 {
        let around = Set(blocks.filter { $0.contains(address) })
        guard !around.isEmpty else { return 0 }
        let found = meanings.filter { entry in
            guard case .region(let blocks) = entry.value else { return false }
            return Set(blocks.map(\.normalised)) == around
        }
        return found.keys.min() ?? 0
    }

    /// A class in words.
    func words(forClass number: UInt32) -> String {
        switch meaning(of: number) {
        case .learned(let peer): "\(peer)"
        case .region(let blocks):
            "an address in \(blocks.map(\.description).joined(separator: " and "))"
        case nil: number == 0 ? "an unknown peer (class 0)" : "class \(number), of which no rule speaks"
        }
    }

    /// A subject in words.
    func words(forSubject number: UInt32) -> String {
        workload(number)?.description ?? (number == 0 ? "nobody (subject 0)" : "subject \(number)")
    }

    /// A decision word in words: what it does to a flow, and by which rule.
    func words(forDecision word: UInt32) -> String {
        guard word != 0 else { return "denied by default, no rule speaks of it" }
        let hexadecimal = "word 0x\(String(word, radix: 16))"
        let decision = Decision(word: word)
        guard let effect = decision.effect, let rule = decision.rule else {
            return "denied by a rank that does not exist (\(hexadecimal))"
        }
        guard policy.rules.indices.contains(rule) else {
            return "\(effect.sentence) by rule \(rule), which does not exist (\(hexadecimal))"
        }
        let place = place(ofRule: rule).map { " at \($0.description)" } ?? ""
        return "\(effect.sentence) by rule \(rule)\(place) (\(hexadecimal))"
    }
}

extension Effect {
    fileprivate var sentence: String {
        switch self {
        case .auditedDeny: "let pass and reported"
        case .allow: "allowed"
        case .deny: "denied"
        case .quarantine: "quarantined"
        }
    }
}
