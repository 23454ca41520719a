internal import CasaBundle
internal import CasaDiagnostics
internal import CasaPolicyIR
internal import CasaYAML

/// From a tree to an inventory: every key and every value by itself.
struct InventoryReading {
    var diagnostics: [Diagnostic] = []

    mutating func inventory(_ root: YAMLNode, digest: Digest) -> Inventory? {
        let keys = ["apiVersion", "kind", "node", "resolvers", "runtime", "workloads", "services", "names"]
        guard let fields = fields(of: root, "an inventory", keys: keys) else { return nil }
        expect(InventoryReader.apiVersion, at: "apiVersion", in: fields)
        expect(InventoryReader.kind, at: "kind", in: fields)
        var node: [Traced<IPAddress>] = []
        if let value = fields["node"], let inner = self.fields(of: value, "`node`", keys: ["addresses"]) {
            node = addresses("addresses", in: inner)
        }
        return Inventory(
            digest: digest, node: node,
            resolvers: addresses("resolvers", in: fields), runtime: addresses("runtime", in: fields),
            workloads: list("workloads", in: fields).compactMap { workload($0) },
            services: list("services", in: fields).compactMap { service($0) },
            names: list("names", in: fields).compactMap { name($0) })
    }

    private mutating func workload(_ node: YAMLNode) -> Inventory.Workload? {
        let keys = ["namespace", "kind", "name", "labels", "hostNetwork", "pods"]
        guard let fields = fields(of: node, "a workload", keys: keys) else { return nil }
        let namespace = text("namespace", in: fields, .label)
        let kind = kind(in: fields)
        let name = text("name", in: fields, .subdomain)
        let hostNetwork = truth("hostNetwork", in: fields)
        let labels = labels(in: fields)
        let pods = list("pods", in: fields).compactMap { pod($0) }
        guard let namespace, let kind, let name else { return nil }
        let id = WorkloadID(namespace: namespace.value, kind: kind, name: name.value)
        return Inventory.Workload(
            id: Traced(id, at: name.origin), labels: labels, hostNetwork: hostNetwork, pods: pods)
    }

    private mutating func pod(_ node: YAMLNode) -> Inventory.Pod? {
        guard let fields = fields(of: node, "a pod", keys: ["name", "addresses", "cgroups"]) else {
            return nil
        }
        let name = text("name", in: fields, .subdomain)
        let addresses = addresses("addresses", in: fields)
        let cgroups = list("cgroups", in: fields).compactMap { cgroup($0) }
        guard let name else { return nil }
        return Inventory.Pod(name: name, addresses: addresses, cgroups: cgroups)
    }

    private mutating func service(_ node: YAMLNode) -> Inventory.Service? {
        guard let fields = fields(of: node, "a service", keys: ["namespace", "name", "addresses"]) else {
            return nil
        }
        let namespace = text("namespace", in: fields, .label)
        let name = text("name", in: fields, .label)
        let addresses = addresses("addresses", in: fields)
        guard let namespace, let name else { return nil }
        let id = ServiceID(namespace: namespace.value, name: name.value)
        return Inventory.Service(id: Traced(id, at: name.origin), addresses: addresses)
    }

    private mutating func name(_ node: YAMLNode) -> Inventory.Name? {
        guard let fields = fields(of: node, "a name", keys: ["name", "addresses"]) else { return nil }
        let name = text("name", in: fields, .domainName)
        let addresses = addresses("addresses", in: fields)
        guard let name else { return nil }
        return Inventory.Name(name: name.map { DomainName($0) }, addresses: addresses)
    }

    private mutating func kind(in fields: InventoryFields) -> WorkloadID.Kind? {
        guard let written = text("kind", in: fields, .anything) else { return nil }
        if let kind = WorkloadID.Kind(rawValue: written.value) { return kind }
        let known = WorkloadID.Kind.allCases.map(\.rawValue)
        let problem = Diagnostic(
            .invalidInventory, at: written.origin, "unknown kind of workload `\(written.value)`",
            label: "not a Deployment, StatefulSet or Pod")
        diagnostics.append(
            closestMatch(to: written.value, among: known).map { problem.help("did you mean `\($0)`?") }
                ?? problem.help("list a pod of another controller as `Pod` under its own name"))
        return nil
    }
}
