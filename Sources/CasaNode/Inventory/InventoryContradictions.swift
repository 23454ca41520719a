internal import CasaDiagnostics
internal import CasaPolicyIR

/// What cannot all be true of one cluster.
struct InventoryContradictions {
    private(set) var diagnostics: [Diagnostic] = []
    private var owners: [IPAddress: Traced<String>] = [:]
    private var pods: [String: SourceRange] = [:]
    private var cgroups: [String: SourceRange] = [:]

    init(_ inventory: Inventory) {
        for address in inventory.node { owners[address.value] = Traced("the node", at: address.origin) }
        once(inventory.workloads.map { $0.id.map { "workload \($0)" } })
        once(inventory.services.map { $0.id.map { "service \($0)" } })
        once(inventory.names.map { $0.name.map { "name \($0)" } })
        for workload in inventory.workloads {
            checkNames(of: workload)
            for pod in workload.pods { check(pod, of: workload) }
        }
    }

    private mutating func once(_ things: [Traced<String>]) {
        var first: [String: SourceRange] = [:]
        for thing in things {
            if let earlier = first[thing.value] {
                say(thing.origin, "\(thing.value) is listed twice", "again", earlier, "first here")
            } else {
                first[thing.value] = thing.origin
            }
        }
    }

    private mutating func checkNames(of workload: Inventory.Workload) {
        guard workload.id.value.kind == .pod else { return }
        for pod in workload.pods where pod.name.value != workload.id.value.name {
            say(
                pod.name.origin, "a workload of kind Pod is one pod with its own name", "another name",
                workload.id.origin, "the workload")
        }
    }

    private mutating func check(_ pod: Inventory.Pod, of workload: Inventory.Workload) {
        let name = "\(workload.id.value.namespace)/\(pod.name.value)"
        if let earlier = pods[name] {
            say(pod.name.origin, "pod \(name) is listed twice", "again", earlier, "first here")
        } else {
            pods[name] = pod.name.origin
        }
        for address in pod.addresses { check(address, of: name, workload) }
        for cgroup in pod.cgroups {
            if let earlier = cgroups[cgroup.value] {
                say(cgroup.origin, "cgroup `\(cgroup.value)` is listed twice", "again", earlier, "first here")
            } else {
                cgroups[cgroup.value] = cgroup.origin
            }
        }
    }

    private mutating func check(_ address: Traced<IPAddress>, of pod: String, _ workload: Inventory.Workload)
    {
        if workload.hostNetwork.value {
            say(
                address.origin, "pod \(pod) shares the node's network and has no address of its own",
                "whoever is on the node has it", workload.hostNetwork.origin, "`hostNetwork` is set")
        } else if let owner = owners[address.value] {
            say(
                address.origin, "address \(address.value) belongs to \(owner.value) and to pod \(pod)",
                "cannot be both", owner.origin, "of \(owner.value)")
        } else {
            owners[address.value] = Traced("pod \(pod)", at: address.origin)
        }
    }

    private mutating func say(
        _ range: SourceRange, _ message: String, _ label: String, _ other: SourceRange, _ otherLabel: String
    ) {
        diagnostics.append(
            Diagnostic(.invalidInventory, at: range, message, label: label).also(other, otherLabel))
    }
}
