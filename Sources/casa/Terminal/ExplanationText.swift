internal import CasaCompiler
internal import CasaDiagnostics
internal import CasaPolicyIR

/// The answer of `casa explain` in words.
struct ExplanationText {
    private let request: ExplainRequest
    private let explanation: Explanation

    init(_ request: ExplainRequest, _ explanation: Explanation) {
        self.request = request
        self.explanation = explanation
    }

    var text: String {
        let flow = "\(request.from) to \(request.to) over \(request.transport.rawValue)"
        if let rule = explanation.rule {
            let verb = rule.effect.passes ? "allowed" : "denied"
            return "\(verb): \(flow)\n" + lines(of: rule, heading: "rule")
        }
        var text = "denied: \(flow)\n  no rule speaks of it; the default is to deny\n"
        if let rule = explanation.nearestRule, let nearest = explanation.nearest {
            text += lines(of: rule, heading: "nearest")
            text += "  differs: \(nearest.differences.map(word).joined(separator: ", "))\n"
        }
        return text
    }

    private func lines(of rule: Rule, heading: String) -> String {
        var text = "  \(heading): \(rule.subject) \(rule.description)\n"
        switch rule.source {
        case .written(let policy): text += "  from: CASAPolicy \(policy)\n"
        case .admitted(let policy): text += "  from: the egress of CASAPolicy \(policy)\n"
        case .implicit(let implicit): text += "  from: the implicit rule \(implicit.rawValue)\n"
        }
        if let origin = rule.origin { text += "  at: \(origin.description)\n" }
        return text + "  held by: \(rule.enforcement.map(\.rawValue).joined(separator: ", "))\n"
    }

    private func word(_ difference: NearestRule.Difference) -> String {
        switch difference {
        case .port: "the port"
        case .transport: "the protocol"
        case .peer: "the peer"
        case .subject: "the workload"
        }
    }
}
