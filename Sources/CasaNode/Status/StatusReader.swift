internal import CasaBPF
internal import CasaBundle
internal import CasaPolicyIR

/// Reads back what is in force on this node.
package struct StatusReader: Sendable {
    private let paths: NodePaths

    package init(paths: NodePaths = .standard) {
        self.paths = paths
    }

    /// The namespaces that are loaded, or have left something, in order.
    package func namespaces() -> [String] {
        let pinned = FileTree.names(in: paths.pins).filter { FileTree.isDirectory("\(paths.pins)/\($0)") }
        let recorded = FileTree.names(in: paths.state).filter { FileTree.isDirectory("\(paths.state)/\($0)") }
        return Set(pinned + recorded).filter(TextForm.label.admits).sorted()
    }

    /// Who may not look must not be told that there is nothing.
    package func checkPrivilege() throws(NodeError) {
        let lacking = Capability.missing(inStatus: TextFile.read("/proc/self/status") ?? "")
        guard lacking.isEmpty else { throw .missingCapabilities(lacking) }
    }

    package func status(of namespace: String) throws(NodeError) -> NamespaceStatus {
        let own = try paths.namespace(namespace)
        try checkPrivilege()
        guard namespaces().contains(namespace) else { throw .notLoaded(namespace: namespace) }
        let file = StateFile(paths: own)
        let isSwitching = file.hasPending
        guard let state = try file.read() else {
            return NamespaceStatus(
                namespace: namespace, state: nil, loadedAt: nil, isSwitching: isSwitching, cgroups: [],
                rules: [],
                refusals: [], losses: nil, reportsAllowed: nil, strayLinks: FileTree.names(in: own.links))
        }
        let counters = try Counters(own, state)
        let links = LinkReading(paths: own, generation: state.generation)
        return NamespaceStatus(
            namespace: namespace, state: state, loadedAt: WallTime(nanoseconds: state.loadedAt),
            isSwitching: isSwitching, cgroups: state.cgroups.map { links.status(of: $0) },
            rules: counters.rules,
            refusals: counters.refusals, losses: counters.losses, reportsAllowed: counters.reportsAllowed,
            strayLinks: links.stray(besides: state.cgroups))
    }
}

/// What the maps of a generation count.
private struct Counters {
    var rules: [NamespaceStatus.Count] = []
    var refusals: [NamespaceStatus.RefusalCount] = []
    var losses: UInt64?
    var reportsAllowed: Bool?

    init(_ paths: NamespacePaths, _ state: NamespaceState) throws(NodeError) {
        func map(_ name: String) -> KernelMap? {
            try? KernelMap(pinnedAt: paths.map(name, generation: state.generation))
        }
        do {
            if let counters = map(ObjectLoading.countersName) {
                for refusal in Refusal.allCases where refusal != .rule {
                    let count = try Self.count(counters, at: Int(refusal.rawValue))
                    refusals.append(NamespaceStatus.RefusalCount(refusal: refusal, count: count))
                }
                for rule in state.manifest.rules {
                    rules.append(try Self.count(counters, at: ObjectLoading.reasonCounters + rule.number))
                }
            }
            losses = try map(ObjectLoading.lossesName).map { map throws(SystemCallFailure) in
                try CounterReading.sum(map, at: 0).first ?? 0
            }
            reportsAllowed = try map(ObjectLoading.settingsName).map { map throws(SystemCallFailure) in
                try map.values(at: 0).first?.first == 1
            }
        } catch {
            throw .systemCall(error)
        }
    }

    private static func count(_ map: KernelMap, at index: Int) throws(SystemCallFailure)
        -> NamespaceStatus.Count
    {
        let sums = try CounterReading.sum(map, at: UInt32(index))
        return NamespaceStatus.Count(packets: sums.first ?? 0, bytes: sums.count > 1 ? sums[1] : 0)
    }
}
