internal import CasaBundle
package import CasaPolicyIR
internal import FoundationEssentials

/// Events as lines of text: pure functions.
package enum EventRendering {
    /// One line for people.
    ///
    ///     2026-01-02T03:04:05.000006Z DENIED banking/Deployment/teller (pod banking/teller-0) egress TCP to
    ///     203.0.113.9 port 443 (name api.example.com) at connect4: no rule speaks of this peer
    package static func line(_ event: VerdictEvent) -> String {
        let who = event.workload ?? (event.record.subject == 0 ? "nobody" : "subject \(event.record.subject)")
        let pod = event.pod.map { " (pod \($0))" } ?? ""
        let decision = "\(event.time) \(event.verdict.rawValue) \(who)\(pod) \(flow(of: event))"
        return TextSafety.visible("\(decision) at \(event.record.hook.name): \(cause(of: event))")
    }

    private static func flow(of event: VerdictEvent) -> String {
        let record = event.record
        guard record.hook != .socketCreate else { return "a socket of \(event.protocolName)" }
        let spoken = "\(record.direction.rawValue) \(event.protocolName)"
        guard let peer = record.peer else { return spoken }
        let names = event.peerNames.isEmpty ? "" : " (\(event.peerNames.joined(separator: ", ")))"
        switch record.direction {
        case .egress: return "\(spoken) to \(peer) port \(record.remotePort)\(names)"
        case .ingress: return "\(spoken) from \(peer) to port \(record.localPort)\(names)"
        }
    }

    /// Which rule, or why none.
    package static func cause(of event: VerdictEvent) -> String {
        if let rule = event.rule { return RuleText.sentence(of: rule) }
        if let number = event.record.rule { return "rule \(number) of a policy that has been replaced since" }
        return sentence(for: event.record.refusal)
    }

    /// What a refusal without a rule means.
    package static func sentence(for refusal: Refusal) -> String {
        switch refusal {
        case .rule: "a rule"
        case .noRule: "no rule speaks of this flow"
        case .unknownPeer: "nobody told who has this address"
        case .malformed: "a malformed packet"
        case .unsupportedProtocol: "neither TCP nor UDP"
        case .fragment: "a fragment that is not the first"
        case .socketType: "a socket that no rule can judge"
        case .sourceRoute: "a source route"
        case .unsolicited: "a reply that nobody asked for"
        case .nobody: "the programs run for nobody"
        }
    }

    /// One JSON object without line breaks (`spec/cli.md` has the keys).
    package static func json(_ event: VerdictEvent) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return try String(decoding: encoder.encode(EventLine(event)), as: UTF8.self)
        } catch {
            preconditionFailure("an event always encodes: \(error)")
        }
    }
}
