internal import CasaPolicyIR
internal import CasaPolicyLang

/// The hosts that an example speaks of, and a few that it does not.
struct Topology {
    let parties: [Party]
    /// Served by everyone, named by no rule.
    let unmentionedPort: UInt16

    /// Hosts have numbers of sixteen bits without the last two.
    static let partyLimit = 65_000

    init(_ example: Example) throws(DemoFailure) {
        let rules = example.model.namespaces.flatMap(\.rules)
        var drafts = Self.workloads(of: example, rules)
        drafts += Self.names(in: rules)
        drafts.append(Draft(.resolver, "resolver", ports: [53], datagramPorts: [53]))
        drafts.append(Draft(.stranger, "stranger", ports: [443], datagramPorts: [53]))
        if rules.contains(where: { $0.peer == .node }) { drafts.append(Draft(.node, "node")) }
        guard drafts.count < Self.partyLimit else { throw .failed("\(drafts.count) hosts are too many") }

        let shared = Dictionary(grouping: drafts, by: \.name).filter { $0.value.count > 1 }
        parties = drafts.enumerated().map { index, draft in
            draft.party(number: index + 1, isShared: shared[draft.name] != nil)
        }
        let taken = Set(parties.flatMap { $0.ports + $0.datagramPorts })
        unmentionedPort =
            (9_999...UInt16.max).first { port in
                !taken.contains(port)
                    && !rules.contains { $0.transport != .any && $0.ports.contains(port) }
            } ?? 9
    }

    /// Everything a host listens on, whatever the transport.
    func listeningPorts(of party: Party) -> [UInt16] {
        Set(party.ports + party.datagramPorts + [unmentionedPort]).sorted()
    }

    /// The workloads of the documents, then those that only rules know of.
    ///
    /// Whoever shares the node's network has no address of its own and is left out.
    private static func workloads(of example: Example, _ rules: [Rule]) -> [Draft] {
        let documented = example.checked.workloads.filter { !$0.hostNetwork }
        var drafts = documented.map { workload in
            Draft(
                workload.id, labels: workload.labels,
                ports: Array(workload.namedPorts.values) + workload.probePorts + ports(of: workload.id, rules)
            )
        }
        let known = Set(example.checked.workloads.map(\.id))
        for peer in Set(rules.map(\.peer)).sorted() {
            switch peer {
            case .workload(let id):
                if !known.contains(id) { drafts.append(Draft(id, ports: ports(of: id, rules))) }
            case .namespace(let namespace):
                guard !drafts.contains(where: { $0.namespace == namespace }) else { continue }
                drafts.append(Draft(WorkloadID(namespace: namespace, kind: .pod, name: "\(namespace)-pod")))
            case .pods(let selector):
                let isMet = drafts.contains { draft in
                    draft.namespace.map { selector.selects(namespace: $0, labels: draft.labels) } ?? false
                }
                if isMet { continue }
                let id = WorkloadID(
                    namespace: selector.namespace ?? "default", kind: .pod,
                    name: selector.labels.first?.value ?? "any-pod")
                let labels = selector.labels.map { ($0.key, $0.value) }
                drafts.append(Draft(id, labels: Dictionary(labels, uniquingKeysWith: { first, _ in first })))
            case .loopback, .node, .resolver, .runtime, .service, .name, .block:
                continue
            }
        }
        return drafts
    }

    /// Where rules let a workload be reached.
    private static func ports(of workload: WorkloadID, _ rules: [Rule]) -> [UInt16] {
        rules.filter { rule in
            rule.transport == .tcp
                && (rule.direction == .egress
                    ? rule.peer == .workload(workload) : rule.subject == workload)
        }.map(\.ports.lowerBound)
    }

    private static func names(in rules: [Rule]) -> [Draft] {
        var ports: [DomainName: [UInt16]] = [:]
        for rule in rules {
            if case .name(let name) = rule.peer { ports[name, default: []].append(rule.ports.lowerBound) }
        }
        return ports.sorted { $0.key < $1.key }.map {
            Draft(.name($0.key), $0.key.description, ports: $0.value)
        }
    }
}

/// A host before all of them are known.
private struct Draft {
    let role: Party.Role
    let name: String
    var labels: [String: String] = [:]
    var ports: [UInt16] = []
    var datagramPorts: [UInt16] = []

    init(_ role: Party.Role, _ name: String, ports: [UInt16] = [], datagramPorts: [UInt16] = []) {
        self.role = role
        self.name = name
        self.ports = ports
        self.datagramPorts = datagramPorts
    }

    init(_ workload: WorkloadID, labels: [String: String] = [:], ports: [UInt16] = []) {
        self.init(.workload(workload), workload.name, ports: ports)
        self.labels = labels
    }

    var namespace: String? {
        if case .workload(let id) = role { id.namespace } else { nil }
    }

    func party(number: Int, isShared: Bool) -> Party {
        var full = name
        if isShared, case .workload(let id) = role { full = id.description }
        return Party(
            role: role, name: full, labels: labels, ports: Set(ports).sorted(),
            datagramPorts: Set(datagramPorts).sorted(), number: number)
    }
}
