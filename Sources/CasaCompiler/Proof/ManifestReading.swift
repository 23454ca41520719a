package import CasaBundle
internal import CasaPolicyIR
package import CasaVerify

/// What a manifest says of its object: the policy by numbers, and what the numbers stand for.
///
/// A proof without sources holds the bytes to this; with sources, this is held to them first (``PolicyAgreement``).
package struct ManifestReading: Sendable {
    package let policy: ClassifiedPolicy
    package let legend: WitnessLegend

    /// A manifest that makes no sense, in words.
    package struct Problem: Error, Hashable, Sendable {
        package let reason: String
    }

    package init(_ manifest: Manifest) throws(Problem) {
        var meanings: [UInt16: WitnessLegend.Meaning] = [:]
        var regions: [ClassifiedPolicy.Region] = []
        for entry in manifest.classes {
            if entry.kind == .region {
                let blocks = try Self.blocks(of: entry)
                regions.append(ClassifiedPolicy.Region(classNumber: entry.number, blocks: blocks))
                meanings[entry.number] = .region(blocks)
            } else if let peer = entry.peer {
                meanings[entry.number] = .learned(peer)
            } else {
                throw Problem(reason: "class \(entry.number) has no meaning")
            }
        }
        let subjects = try manifest.subjects.map { entry throws(Problem) -> Subject in
            guard let kind = WorkloadID.Kind(rawValue: entry.kind) else {
                throw Problem(reason: "subject \(entry.number) is a `\(entry.kind)`")
            }
            return Subject(
                workload: WorkloadID(namespace: manifest.namespace, kind: kind, name: entry.name),
                hostNetwork: entry.hostNetwork, origin: nil)
        }
        guard manifest.rules.count <= DecisionWord.ruleLimit else {
            throw Problem(reason: "it has \(manifest.rules.count) rules")
        }
        let rules = try manifest.rules.map { entry throws(Problem) in try Self.rule(entry, meanings) }
        policy = ClassifiedPolicy(subjectCount: subjects.count, rules: rules.map(\.numbers), regions: regions)
        let blocks = rules.compactMap { rule -> CIDRBlock? in
            if case .block(let block) = rule.peer { block } else { nil }
        }
        guard policy.hasRegions(forAllOf: blocks) else {
            throw Problem(reason: "its regions are not those of its rules' address blocks")
        }
        let named = try zip(rules, manifest.rules).map { rule, entry throws(Problem) -> Rule in
            guard entry.subject >= 1, entry.subject <= subjects.count else {
                throw Problem(reason: "rule \(entry.number) is about subject \(entry.subject)")
            }
            return Rule(
                subject: subjects[entry.subject - 1].workload, direction: rule.numbers.direction,
                peer: rule.peer, transport: rule.numbers.transport, ports: rule.numbers.ports,
                effect: rule.numbers.effect, source: .written(policy: entry.source), origin: nil)
        }
        let whole = NamespacePolicy(
            name: manifest.namespace, subjects: subjects, rules: named,
            runtime: RuntimeTables(systems: [], permissions: []))
        guard whole.rules == named, whole.subjects == subjects else {
            throw Problem(reason: "its rules or subjects are not in canonical order")
        }
        let places = manifest.rules.compactMap { entry in
            entry.origin.map { (entry.number, WitnessLegend.Place(description: $0.description, line: nil)) }
        }
        legend = WitnessLegend(
            whole, classes: meanings, places: Dictionary(places, uniquingKeysWith: { first, _ in first }))
    }

    private static func blocks(of entry: ClassEntry) throws(Problem) -> [CIDRBlock] {
        let blocks = (entry.blocks ?? []).compactMap { CIDRBlock($0) }
        guard !blocks.isEmpty, blocks.count == entry.blocks?.count else {
            throw Problem(reason: "region \(entry.number) has blocks that are none")
        }
        return blocks
    }

    private struct ReadRule {
        let numbers: ClassifiedPolicy.Rule
        let peer: PeerClass
    }

    private static func rule(
        _ entry: RuleEntry, _ meanings: [UInt16: WitnessLegend.Meaning]
    ) throws(Problem) -> ReadRule {
        guard let direction = Direction(rawValue: entry.direction),
            let transport = Transport(rawValue: entry.transport),
            let effect = Effect.allCases.first(where: { RuleEntry.name(of: $0) == entry.effect }),
            let subject = UInt16(exactly: entry.subject), entry.ports.first <= entry.ports.last
        else { throw Problem(reason: "rule \(entry.number) cannot be read") }
        let peer = try peer(of: entry, meanings)
        let classes = meanings.filter { _, meaning in meaning.isPart(of: peer) }.map(\.key).sorted()
        guard classes == entry.classes.sorted() else {
            throw Problem(reason: "rule \(entry.number) is about `\(peer)`, but not about its classes")
        }
        return ReadRule(
            numbers: ClassifiedPolicy.Rule(
                subject: subject, direction: direction, classes: classes, transport: transport,
                ports: entry.ports.first...entry.ports.last, effect: effect),
            peer: peer)
    }

    /// The peer that the rule names in words: a class that is listed, or a block.
    private static func peer(
        of entry: RuleEntry, _ meanings: [UInt16: WitnessLegend.Meaning]
    ) throws(Problem) -> PeerClass {
        if entry.peer.hasPrefix("block "), let block = CIDRBlock(String(entry.peer.dropFirst(6))) {
            return .block(block)
        }
        guard entry.classes.count == 1, case .learned(let peer)? = meanings[entry.classes[0]],
            peer.description == entry.peer
        else { throw Problem(reason: "rule \(entry.number) names `\(entry.peer)`, which is no class of it") }
        return peer
    }
}

extension WitnessLegend.Meaning {
    /// Whether who has the class is the peer, or an address of its block.
    fileprivate func isPart(of peer: PeerClass) -> Bool {
        switch (self, peer) {
        case (.region(let blocks), .block(let block)):
            blocks.contains { $0.normalised == block.normalised }
        case (.region, _): false
        case (.learned(let own), _): own == peer
        }
    }
}
