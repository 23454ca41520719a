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
    /// Every class that some rule speaks of, sorted.
    package let peers: [PeerClass]
    /// For each rule, its subject and its peer by number, so that nobody has to look their names up.
    package let ruleNumbers: [RuleNumbers]
    /// What the runtime needs.
    package let runtime: RuntimeTables

    package init(name: String, subjects: [Subject], rules: [Rule], runtime: RuntimeTables) {
        self.name = name
        self.subjects = subjects.sorted { $0.workload < $1.workload }
        let order = RuleOrder(rules)
        self.rules = order.rules
        peers = order.peers
        self.runtime = runtime
        let numbers = order.subjects.map { [subjects = self.subjects] in Self.number(of: $0, in: subjects) }
        ruleNumbers = order.places.map { RuleNumbers(subject: numbers[$0.subject], peer: $0.peer) }
    }

    /// What a rule speaks of, by number.
    package struct RuleNumbers: Hashable, Sendable {
        /// The number of the subject in the object; 0 for a workload that is none of the subjects.
        package let subject: Int
        /// The place in ``NamespacePolicy/peers``.
        package let peer: Int
    }

    /// The number of a subject in the object; 0 is nobody.
    package func number(of workload: WorkloadID) -> Int { Self.number(of: workload, in: subjects) }

    private static func number(of workload: WorkloadID, in subjects: [Subject]) -> Int {
        var low = 0
        var high = subjects.count
        while low < high {
            let middle = (low + high) / 2
            if subjects[middle].workload < workload { low = middle + 1 } else { high = middle }
        }
        return low < subjects.count && subjects[low].workload == workload ? low + 1 : 0
    }
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
