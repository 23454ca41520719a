package import CasaPolicyIR

/// A policy with the addresses that a node would have learned for it.
package struct GeneratedPolicy: Sendable {
    package let policy: NamespacePolicy
    package let book: AddressBook

    package init(policy: NamespacePolicy, book: AddressBook) {
        self.policy = policy
        self.book = book
    }
}

extension GeneratedPolicy: CustomStringConvertible {
    /// Every rule by number, and every address with its classes: enough to repeat a failure by hand.
    package var description: String {
        let rules = policy.rules.enumerated().map { number, rule in
            "  rule \(number): \(rule.subject.name) \(rule.effect) \(rule.description)"
        }
        let addresses = book.sorted.map { entry in
            "  \(entry.address): \(entry.classes.map(\.description).joined(separator: ", "))"
        }
        return (["policy \(policy.name)"] + rules + addresses).joined(separator: "\n")
    }
}
