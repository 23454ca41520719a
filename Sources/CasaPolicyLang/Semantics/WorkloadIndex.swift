internal import CasaPolicyIR

/// Finds workloads among many: by identity, by name, by namespace, by the labels of their pods.
///
/// Every endpoint of every policy asks, so nothing here looks at all of them.
struct WorkloadIndex: Sendable {
    /// Every workload, sorted.
    let workloads: [Workload]
    private let numbers: [WorkloadID: Int]
    private let named: [QualifiedName: [Int]]
    /// Those with a document of their own, ascending.
    private let defined: [String: [Int]]
    private let labelled: [NamespacedLabel: [Int]]
    private let names: [String: [String]]

    private struct NamespacedLabel: Hashable {
        let namespace: String
        let label: PodSelector.Label
    }

    init(_ workloads: [Workload]) {
        var numbers: [WorkloadID: Int] = [:]
        var named: [QualifiedName: [Int]] = [:]
        var defined: [String: [Int]] = [:]
        var labelled: [NamespacedLabel: [Int]] = [:]
        for (number, workload) in workloads.enumerated() {
            let id = workload.id
            numbers[id] = number
            named[QualifiedName(namespace: id.namespace, name: id.name), default: []].append(number)
            guard workload.isDefined else { continue }
            defined[id.namespace, default: []].append(number)
            for (key, value) in workload.labels {
                let label = NamespacedLabel(namespace: id.namespace, label: .init(key: key, value: value))
                labelled[label, default: []].append(number)
            }
        }
        self.workloads = workloads
        self.numbers = numbers
        self.named = named
        self.defined = defined
        self.labelled = labelled
        names = Dictionary(grouping: workloads, by: \.id.namespace).mapValues { $0.map(\.id.name) }
    }

    subscript(id: WorkloadID) -> Workload? { numbers[id].map { workloads[$0] } }

    /// Workloads of any kind with this name.
    func workloads(named name: String, in namespace: String) -> [Workload] {
        (named[QualifiedName(namespace: namespace, name: name)] ?? []).map { workloads[$0] }
    }

    /// Workloads with a document of their own.
    func defined(in namespace: String) -> [Workload] {
        (defined[namespace] ?? []).map { workloads[$0] }
    }

    /// The names of all workloads of a namespace, defined or only spoken of.
    func names(in namespace: String) -> [String] { names[namespace] ?? [] }

    /// The workload that a bare name means.
    ///
    /// Upstream names a Deployment; one of another kind serves where a document or a policy says so.
    func workload(meantBy name: String, in namespace: String) -> WorkloadID {
        let candidates = workloads(named: name, in: namespace).map(\.id)
        let deployment = WorkloadID(namespace: namespace, kind: .deployment, name: name)
        return candidates.contains(deployment) ? deployment : candidates.first ?? deployment
    }

    /// The defined workloads whose pods a selector selects.
    func selected(by selector: PodSelector) -> [Workload] {
        candidates(for: selector).lazy.map { workloads[$0] }.filter {
            $0.isDefined && selector.selects(namespace: $0.id.namespace, labels: $0.labels)
        }
    }

    /// The shortest list that holds everything selected.
    private func candidates(for selector: PodSelector) -> [Int] {
        guard let namespace = selector.namespace else { return Array(workloads.indices) }
        var shortest = defined[namespace] ?? []
        for label in selector.labels {
            let carriers = labelled[NamespacedLabel(namespace: namespace, label: label)] ?? []
            if carriers.count < shortest.count { shortest = carriers }
        }
        return shortest
    }
}
