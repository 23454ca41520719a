package import CasaBundle
internal import CasaPolicyIR

/// One namespace, compiled: the bytes that are loaded, and what the manifest says of them.
package struct NamespaceObject: Sendable {
    /// A relocatable BPF object with all hooks, decision functions, tables and BTF.
    package let bytes: [UInt8]
    package let template: Digest
    package let decisions: Manifest.DecisionSummary
    private let policy: NamespacePolicy
    private let assignment: ClassAssignment

    init(
        bytes: [UInt8], template: Digest, decisions: Manifest.DecisionSummary, policy: NamespacePolicy,
        assignment: ClassAssignment
    ) {
        self.bytes = bytes
        self.template = template
        self.decisions = decisions
        self.policy = policy
        self.assignment = assignment
    }

    /// What the class numbers stand for, by number; made when asked for, because the kernel needs none of it.
    package var classes: [ClassEntry] { assignment.entries }

    /// The rules with their provenance, by number; made when asked for.
    package var rules: [RuleEntry] {
        policy.rules.indices.map { number in
            let numbers = policy.ruleNumbers[number]
            return RuleEntry(
                number: number, rule: policy.rules[number], subject: numbers.subject,
                classes: Array(assignment.classes(ofPeer: numbers.peer)))
        }
    }
}

extension NamespaceObject: Equatable {
    /// Equal in everything that leaves the compiler.
    package static func == (left: Self, right: Self) -> Bool {
        left.bytes == right.bytes && left.template == right.template && left.decisions == right.decisions
            && left.classes == right.classes && left.rules == right.rules
    }
}
