/// The meaning of a policy: the specification that runs.
///
/// Bytecode, solver encoding, runtime tables and `casa explain` are all held to this function. It is written to
/// be read, not to be fast; ``PacketEvaluator`` says what a packet asks of it.
package struct Evaluator: Sendable {
    package let policy: NamespacePolicy

    package init(_ policy: NamespacePolicy) {
        self.policy = policy
    }

    /// The strongest effect among the rules that match; among equals the first rule; without any, the default.
    package func decide(_ question: Question) -> Decision {
        var decision = Decision.byDefault
        for (number, rule) in policy.rules.enumerated() where matches(rule, question) {
            let candidate = Decision(effect: rule.effect, rule: number)
            if candidate.word > decision.word { decision = candidate }
        }
        return decision
    }

    private func matches(_ rule: Rule, _ question: Question) -> Bool {
        rule.subject == question.subject
            && rule.direction == question.direction
            && (rule.transport == .any || rule.transport == question.transport)
            && rule.ports.contains(question.port)
            && question.peer.belongs(to: rule.peer)
    }
}
