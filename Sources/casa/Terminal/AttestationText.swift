internal import CasaAttestation
internal import CasaBundle
internal import CasaNode

/// What is attested of a bundle, in words.
struct AttestationText {
    private let outcome: AttestationVerification.Outcome

    init(_ outcome: AttestationVerification.Outcome) {
        self.outcome = outcome
    }

    var text: String {
        let predicate = outcome.statement.predicate
        let decisions = predicate.decisions
        var lines = ["attested: namespace \(predicate.namespace), generation \(predicate.generation)"]
        lines += outcome.keys.map { "  by key \($0)" }
        lines += outcome.statement.subject.map { "  \($0.name) sha256 \($0.digest.sha256)" }
        lines.append("  compiled by \(predicate.compiler) from \(predicate.sources.count) sources:")
        lines += predicate.sources.map { "    \($0.name) sha256 \($0.digest.sha256)" }
        lines.append("  template sha256 \(predicate.template.sha256)")
        lines.append("  policy sha256 \(predicate.policy.sha256)")
        lines.append(
            "  \(decisions.entries) decisions as a \(decisions.form.rawValue), \(decisions.tableBytes) bytes of tables"
        )
        lines.append("  proved by \(predicate.verifier) with \(predicate.solver):")
        lines += predicate.obligations.map {
            "    \($0.name): \($0.answer), \($0.questions) questions, \($0.steps) steps"
        }
        return lines.map { TextSafety.visible($0) + "\n" }.joined()
    }
}
