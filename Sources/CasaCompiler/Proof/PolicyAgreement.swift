internal import CasaBundle
package import CasaPolicyIR
internal import CasaVerify

/// Whether a manifest says of the policy what the policy says, so that a proof about the manifest is one about the policy.
///
/// The numbers of classes are the manifest's own; all else is compared with what was lowered from the sources.
package struct PolicyAgreement {
    private let policy: NamespacePolicy

    package init(with policy: NamespacePolicy) {
        self.policy = policy
    }

    /// What the two disagree about, in words; `nil` where they agree.
    package func difference(from reading: ManifestReading) -> String? {
        let claimed = reading.legend.policy
        guard claimed.name == policy.name else { return "it is of namespace `\(claimed.name)`" }
        guard claimed.subjects.map(\.key) == policy.subjects.map(\.key) else {
            return "its workloads are not those of the sources"
        }
        guard claimed.rules.count == policy.rules.count else {
            return "it has \(claimed.rules.count) rules, the sources have \(policy.rules.count)"
        }
        for (number, (mine, others)) in zip(claimed.rules, policy.rules).enumerated()
        where mine.decision != others.decision {
            return "rule \(number) is \(mine.description), in the sources it is \(others.description)"
        }
        return nil
    }
}

extension Subject {
    /// What decides, without where it is written.
    fileprivate var key: [String] { [workload.description, "\(hostNetwork)"] }
}

extension Rule {
    /// What decides, without where it is written and why.
    fileprivate var decision: Rule {
        Rule(
            subject: subject, direction: direction, peer: peer, transport: transport, ports: ports,
            effect: effect, source: .written(policy: ""), origin: nil)
    }
}
