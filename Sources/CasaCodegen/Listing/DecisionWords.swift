internal import CasaBundle
internal import CasaPolicyIR

/// Says decision words and class numbers with the names that the manifest has for them.
struct DecisionWords: Sendable {
    private let rules: [RuleEntry]
    private let classes: [UInt16: String]

    init(_ manifest: Manifest) {
        rules = manifest.rules
        classes = Dictionary(
            manifest.classes.map { ($0.number, Self.words(for: $0)) }, uniquingKeysWith: { first, _ in first }
        )
    }

    /// What a word decides: `allow, rule 3: egress to service shop/store TCP 80 (shop.yaml:7:5)`.
    func words(for word: UInt32) -> String? {
        let decision = Decision(word: word)
        guard let effect = decision.effect, let number = decision.rule else { return nil }
        guard rules.indices.contains(number) else { return "\(RuleEntry.name(of: effect)), rule \(number)" }
        let rule = rules[number]
        let preposition = rule.direction == Direction.egress.rawValue ? "to" : "from"
        let ports =
            rule.ports.first == rule.ports.last
            ? "\(rule.ports.first)" : "\(rule.ports.first)-\(rule.ports.last)"
        let spoken = rule.transport == Transport.any.rawValue ? "any protocol" : "\(rule.transport) \(ports)"
        let place = rule.origin.map { " (\($0.description))" } ?? " (\(rule.source))"
        return "\(RuleEntry.name(of: effect)), rule \(number): "
            + "\(rule.direction) \(preposition) \(rule.peer) \(spoken)\(place)"
    }

    /// A class with what it stands for: `class 17: service banking/bank-mcp`.
    func words(forClass number: UInt16) -> String {
        classes[number].map { "class \(number): \($0)" } ?? "class \(number)"
    }

    private static func words(for entry: ClassEntry) -> String {
        if let peer = entry.peer { return peer.description }
        return "addresses in \((entry.blocks ?? []).joined(separator: " in "))"
    }
}
