internal import CasaBundle
internal import CasaDiagnostics
internal import CasaPolicyIR

/// What a load is going to do: everything that can be known without touching the kernel's objects.
struct LoadPlan: Sendable {
    let manifest: Manifest
    /// In order of paths.
    let placements: [Placement]
    let tables: [AddressTable]
    let unserved: [UnservedPoint]
    let warnings: [LoadWarning]

    /// The subjects that are on this node, ascending.
    var subjects: [Int] { Set(placements.map(\.subject)).sorted() }

    /// Finds out all that is wrong before anything is changed; `cgroupMount` is where relative paths begin.
    init(_ manifest: Manifest, inventory: Inventory, options: LoadOptions, cgroupMount: String?)
        throws(NodeError)
    {
        self.manifest = manifest
        unserved = EnforcementPoints.unserved(in: manifest, inventory: inventory)
        guard unserved.isEmpty || options.kernelOnly else {
            throw .unservedPoints(unserved, rules: manifest.rules)
        }
        var placements: [Placement] = []
        var warnings: [LoadWarning] = []
        for workload in inventory.workloads where workload.id.value.namespace == manifest.namespace {
            let cgroups = workload.pods.flatMap { pod in pod.cgroups.map { (pod, $0) } }
            if cgroups.isEmpty { continue }
            let subject = try Self.subject(of: workload, in: manifest)
            for (pod, path) in cgroups {
                let cgroup = try Self.open(path, mount: cgroupMount)
                let name = "\(manifest.namespace)/\(pod.name.value)"
                if cgroup.isPopulated == false {
                    warnings.append(.emptyCgroup(pod: name, path: cgroup.path, origin: path.origin))
                }
                placements.append(
                    Placement(subject: subject, workload: workload.id.value, pod: name, cgroup: cgroup))
                try Self.checkSeparate(placements, last: path.origin)
            }
        }
        if placements.isEmpty { warnings.append(.nothingToJudge(namespace: manifest.namespace)) }
        self.placements = placements.sorted { $0.cgroup.path < $1.cgroup.path }
        self.warnings = warnings
        tables = try Self.tables(for: manifest.classes, inventory)
    }

    private static func subject(of workload: Inventory.Workload, in manifest: Manifest) throws(NodeError)
        -> Int
    {
        let id = workload.id.value
        guard
            let subject = manifest.subjects.first(where: { $0.kind == id.kind.rawValue && $0.name == id.name }
            )
        else { throw .unjudgedWorkload(id, at: workload.id.origin) }
        guard subject.hostNetwork == workload.hostNetwork.value else {
            throw .differentNetwork(id, compiledForHost: subject.hostNetwork, at: workload.hostNetwork.origin)
        }
        return subject.number
    }

    private static func open(_ path: Traced<String>, mount: String?) throws(NodeError) -> CgroupDirectory {
        if path.value.hasPrefix("/") { return try CgroupDirectory(path: path.value, at: path.origin) }
        guard let mount else { throw .noCgroupMount }
        return try CgroupDirectory(path: mount + "/" + path.value, at: path.origin)
    }

    /// The newest placement against all before it.
    private static func checkSeparate(_ placements: [Placement], last origin: SourceRange) throws(NodeError) {
        guard let newest = placements.last else { return }
        for other in placements.dropLast() {
            let (path, earlier) = (newest.cgroup.path, other.cgroup.path)
            if newest.cgroup.id == other.cgroup.id {
                throw .cgroup(CgroupProblem(.taken(by: "pod \(other.pod)"), path: path, at: origin))
            }
            if path.hasPrefix(earlier + "/") {
                throw .cgroup(CgroupProblem(.nested(in: earlier), path: path, at: origin))
            }
            if earlier.hasPrefix(path + "/") {
                throw .cgroup(CgroupProblem(.nested(in: path), path: earlier, at: origin))
            }
        }
    }

    private static func tables(
        for classes: [ClassEntry], _ inventory: Inventory
    ) throws(NodeError) -> [AddressTable] {
        let entries = inventory.addressEntries(for: classes)
        var tables: [AddressTable] = []
        for family in AddressTable.Family.allCases {
            do {
                tables.append(try AddressTable(family, entries: entries))
            } catch {
                throw .addresses(error, at: inventory.origin(of: error))
            }
        }
        return tables
    }
}

extension Inventory {
    /// Where the address is written that a table could not take.
    fileprivate func origin(of failure: AddressTable.Failure) -> SourceRange? {
        let wanted: IPAddress
        switch failure {
        case .tooManyClasses(let address, _), .duplicate(let address): wanted = address
        case .noPerfectHash: return nil
        }
        let lists =
            [node, resolvers, runtime] + workloads.flatMap { $0.pods.map(\.addresses) }
            + services.map(\.addresses)
            + names.map(\.addresses)
        return lists.joined().first { $0.value == wanted }?.origin
    }
}
