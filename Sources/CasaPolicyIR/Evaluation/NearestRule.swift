/// Finds the rule that comes closest to allowing what was refused.
package struct NearestRule: Sendable {
    private let policy: NamespacePolicy

    package init(in policy: NamespacePolicy) {
        self.policy = policy
    }

    /// What keeps a rule from allowing the question.
    package enum Difference: Hashable, Sendable {
        case port, transport, peer, subject
    }

    package struct Candidate: Hashable, Sendable {
        package let rule: Int
        /// In the order in which they weigh.
        package let differences: [Difference]
    }

    /// The allowing rule with the fewest and lightest differences; the first among equals.
    ///
    /// A rule that shares neither peer nor subject and port with the question is no help to anyone.
    package func candidate(for question: Question) -> Candidate? {
        var best: (weight: Int, candidate: Candidate)?
        // What holds on the device `lo`, whatever the port, is close to every question and near to none.
        for (number, rule) in policy.rules.enumerated()
        where rule.effect == .allow && rule.direction == question.direction && rule.transport != .any {
            let differences = differences(rule, question)
            let weight = differences.reduce(0) { $0 + Self.weight(of: $1) }
            guard weight > 0, weight < 8, weight < best?.weight ?? Int.max else { continue }
            best = (weight, Candidate(rule: number, differences: differences))
        }
        return best?.candidate
    }

    private func differences(_ rule: Rule, _ question: Question) -> [Difference] {
        var result: [Difference] = []
        if rule.subject != question.subject { result.append(.subject) }
        if !question.peer.belongs(to: rule.peer) { result.append(.peer) }
        if rule.transport != .any, rule.transport != question.transport { result.append(.transport) }
        if !rule.ports.contains(question.port) { result.append(.port) }
        return result
    }

    private static func weight(of difference: Difference) -> Int {
        switch difference {
        case .port: 1
        case .transport: 2
        case .subject: 4
        case .peer: 6
        }
    }
}
