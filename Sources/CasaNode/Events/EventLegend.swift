internal import CasaBundle
internal import CasaPolicyIR

/// What the numbers of events mean, for one generation of a namespace.
package struct EventLegend: Sendable {
    package let state: NamespaceState
    private let names: [String: [String]]
    private let pods: [UInt64: NamespaceState.CgroupEntry]
    private let classes: [UInt16: String]

    package init(_ state: NamespaceState) {
        self.state = state
        names = Dictionary(
            state.addressNames.map { ($0.address, $0.names) }, uniquingKeysWith: { first, _ in first })
        pods = Dictionary(state.cgroups.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        classes = Dictionary(
            state.manifest.classes.map { ($0.number, Self.words(for: $0)) },
            uniquingKeysWith: { first, _ in first })
    }

    package func event(_ record: EventRecord, bootedAt: UInt64) -> VerdictEvent {
        let rules = state.manifest.rules
        let subject = state.manifest.subjects.first { $0.number == Int(record.subject) }
        return VerdictEvent(
            record: record, time: WallTime(nanoseconds: bootedAt &+ record.time),
            namespace: state.manifest.namespace,
            workload: subject.map { "\(state.manifest.namespace)/\($0.kind)/\($0.name)" },
            pod: pods[record.cgroup]?.pod,
            rule: record.rule.flatMap { rules.indices.contains($0) ? rules[$0] : nil },
            peerNames: record.peer.flatMap { names[$0.description] } ?? [],
            peerClass: record.classNumber == ClassNumber.unknown ? nil : classes[record.classNumber])
    }

    private static func words(for entry: ClassEntry) -> String {
        if let peer = entry.peer { return peer.description }
        return "block " + (entry.blocks ?? []).joined(separator: " ")
    }
}
