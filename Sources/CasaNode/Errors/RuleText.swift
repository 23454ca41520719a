package import CasaBundle

/// A rule of a manifest in words.
package enum RuleText {
    /// What it says and where it is written.
    ///
    ///     rule 3: deny egress to service banking/bank-mcp TCP 3000 (CASAPolicy teller, policies/a.yaml:7:5)
    package static func sentence(of rule: RuleEntry) -> String {
        let source = TextSafety.visible(rule.source)
        let place = rule.origin.map { ", \(TextSafety.visible($0.description))" } ?? ""
        return "rule \(rule.number): \(flow(of: rule)) (\(source)\(place))"
    }

    /// As `deny egress to service banking/bank-mcp TCP 3000`.
    package static func flow(of rule: RuleEntry) -> String {
        let preposition = rule.direction == "ingress" ? "from" : "to"
        let ports =
            rule.ports.first == rule.ports.last
            ? "\(rule.ports.first)" : "\(rule.ports.first)-\(rule.ports.last)"
        let spoken = rule.transport == "any" ? "any protocol" : "\(rule.transport) \(ports)"
        return TextSafety.visible("\(rule.effect) \(rule.direction) \(preposition) \(rule.peer) \(spoken)")
    }
}
