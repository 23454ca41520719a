package import CasaDiagnostics

/// What a set of policies means, without syntax: decisions per namespace.
package struct PolicyModel: Sendable {
    /// The managed namespaces, sorted by name.
    package let namespaces: [NamespacePolicy]

    package init(namespaces: [NamespacePolicy]) {
        self.namespaces = namespaces.sorted { $0.name < $1.name }
    }

    package subscript(namespace name: String) -> NamespacePolicy? {
        namespaces.first { $0.name == name }
    }
}

/// Everything that is decided about the workloads of one managed namespace.
package struct NamespacePolicy: Sendable {
    package let name: String
    /// The workloads under it, sorted.
    ///
    /// Subject *n* of the object is number *n − 1* here; 0 is nobody.
    package let subjects: [Subject]
    /// The rules in canonical order.
    ///
    /// The index is the rule's number everywhere: in words, events and manifests.
    package let rules: [Rule]
    /// What the runtime needs.
    package let runtime: RuntimeTables

    package init(name: String, subjects: [Subject], rules: [Rule], runtime: RuntimeTables) {
        self.name = name
        self.subjects = subjects.sorted { $0.workload < $1.workload }
        self.rules = RuleOrder.canonical(rules)
        self.runtime = runtime
    }

    /// The number of a subject in the object; 0 is nobody.
    package func number(of workload: WorkloadID) -> Int {
        (subjects.firstIndex { $0.workload == workload } ?? -1) + 1
    }

    /// Every class that some rule speaks of, sorted.
    package var peers: [PeerClass] { Set(rules.map(\.peer)).sorted() }
}

/// A workload that is judged.
package struct Subject: Hashable, Sendable {
    package let workload: WorkloadID
    /// It shares the node's network: the `loopback` rule does not hold, and it is never a peer.
    package let hostNetwork: Bool
    package let origin: SourceRange?

    package init(workload: WorkloadID, hostNetwork: Bool, origin: SourceRange?) {
        self.workload = workload
        self.hostNetwork = hostNetwork
        self.origin = origin
    }
}

/// The order that gives rules their numbers: the same for the same policy, however its files are cut.
enum RuleOrder {
    static func canonical(_ rules: [Rule]) -> [Rule] {
        let keyed = rules.map { (key: Key($0), rule: $0) }.sorted { $0.key < $1.key }
        var result: [Rule] = []
        // Two rules that decide the same flows the same way are one rule; the first written names it.
        for (index, entry) in keyed.enumerated()
        where index == 0 || !entry.key.decidesLike(keyed[index - 1].key) {
            result.append(entry.rule)
        }
        return result
    }

    private struct Key: Comparable {
        let rule: Rule
        let place: (file: String, offset: Int)

        init(_ rule: Rule) {
            self.rule = rule
            place = (rule.origin?.file.artifactName ?? "", rule.origin?.bytes.lowerBound ?? 0)
        }

        func decidesLike(_ other: Key) -> Bool {
            rule.subject == other.rule.subject && rule.direction == other.rule.direction
                && rule.peer == other.rule.peer && rule.transport == other.rule.transport
                && rule.ports == other.rule.ports && rule.effect == other.rule.effect
        }

        static func == (left: Key, right: Key) -> Bool { !(left < right) && !(right < left) }

        static func < (left: Key, right: Key) -> Bool {
            let (one, other) = (left.rule, right.rule)
            if one.subject != other.subject { return one.subject < other.subject }
            if one.direction != other.direction { return one.direction.number < other.direction.number }
            if one.peer != other.peer { return one.peer < other.peer }
            if one.transport != other.transport { return one.transport.number < other.transport.number }
            if one.ports != other.ports {
                return (one.ports.lowerBound, one.ports.upperBound) < (
                    other.ports.lowerBound, other.ports.upperBound
                )
            }
            if one.effect != other.effect { return one.effect.rawValue < other.effect.rawValue }
            return left.place < right.place
        }
    }
}
