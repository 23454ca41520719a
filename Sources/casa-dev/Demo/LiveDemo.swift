internal import CasaBundle
internal import CasaNode
internal import CasaPolicyIR

/// The demo with processes, cgroups, networks and the kernel's own verdicts.
struct LiveDemo {
    private let example: Example
    private let topology: Topology
    private let product: Product
    private let keeps: Bool
    private let site = Site.own

    init(_ example: Example, _ topology: Topology, _ product: Product, keeps: Bool) {
        self.example = example
        self.topology = topology
        self.product = product
        self.keeps = keeps
    }

    private var namespaces: [String] { example.model.namespaces.map(\.name) }
    private var bundles: String { "\(site.directory)/bundles" }
    private var inventory: String { "\(site.directory)/inventory.yaml" }

    func run() throws(DemoFailure) -> DemoTable {
        for abandoned in Site.abandoned { Leftovers(site: abandoned, product: product).remove() }
        let taken = Set(StatusReader().namespaces()).intersection(namespaces)
        if let namespace = taken.min() {
            throw .failed(
                "namespace \(namespace) is loaded on this machine; `casa unload \(namespace)` comes first")
        }
        do throws(DemoFailure) {
            let table = try perform()
            if keeps {
                tellWhatIsKept(table.rows.map(\.pair))
            } else {
                Leftovers(site: site, product: product).remove()
            }
            return table
        } catch {
            Leftovers(site: site, product: product).remove()
            throw error
        }
    }

    private func perform() throws(DemoFailure) -> DemoTable {
        try Files.makeDirectory(site.directory)
        try product.require(["build", example.directory, "-o", bundles])
        try startHosts()
        let text = InventoryText(topology: topology, cgroup: site.cgroupDirectory).text
        try Files.write(text, to: inventory)
        try site.note(loading: namespaces)
        try load()
        for namespace in namespaces { try product.require(["status", namespace]) }

        let pairs = PairPlan(topology, judge: try Books(example, text).judge).pairs
        var rows = pairs.map { DemoTable.Row(pair: $0) }
        let verdicts = try round(of: pairs, callsAreJudged: true)
        for index in rows.indices { rows[index].verdicts = verdicts[index] }

        let refused = rows.indices.filter { rows[$0].pair.expectation.isRefusal }
        let count = try CallLinks(namespaces: namespaces).remove()
        let alone = try round(of: refused.map { pairs[$0] }, callsAreJudged: false)
        for (index, verdicts) in zip(refused, alone) { rows[index].packetVerdicts = verdicts }

        let table = DemoTable(rows: rows, rules: try example.rules(inBundles: bundles))
        Output.line("\n\(table.text)\n")
        Output.line(
            "Every pair over IPv4 and IPv6, each refused pair again with \(count) links of connect and sendmsg gone."
        )
        if keeps { try load() }
        return table
    }

    private func startHosts() throws(DemoFailure) {
        try Network(site: site).make(for: topology.parties)
        try Files.makeDirectory(site.cgroupDirectory)
        var hosts: [HostProcess] = []
        for party in topology.parties {
            hosts.append(
                try HostProcess(
                    party, ports: topology.listeningPorts(of: party), site: site, outlives: keeps))
        }
        for host in hosts { try host.waitUntilServing() }
        Output.line("\(hosts.count) processes, each in its own cgroup and network namespace: \(site.name)-*")
    }

    private func load() throws(DemoFailure) {
        for namespace in namespaces {
            try product.require([
                "load", "\(bundles)/\(namespace)", "--inventory", inventory, "--kernel-only",
                "--report-allowed",
            ])
        }
    }

    private func round(of pairs: [Pair], callsAreJudged: Bool) throws(DemoFailure) -> [[Verdict]] {
        try Round(
            site: site, product: product, namespaces: namespaces, pairs: pairs, callsAreJudged: callsAreJudged
        ).run()
    }

    private func tellWhatIsKept(_ pairs: [Pair]) {
        Output.line("\nEverything is still up. To look round:")
        for namespace in namespaces { Output.line("  casa status \(namespace)\n  casa watch \(namespace)") }
        let judged = pairs.filter {
            $0.transport == .tcp && namespaces.contains($0.source.workload?.namespace ?? "")
        }
        let shown = [judged.first { $0.expectation.isRefusal }, judged.first { !$0.expectation.isRefusal }]
        for pair in shown.compactMap({ $0 }) { Output.line(command(reaching: pair)) }
        Output.line("To take it down: casa-dev clean\n")
    }

    /// One that connects from the cgroup and the network of the source; bash speaks TCP by itself.
    private func command(reaching pair: Pair) -> String {
        """
        To reach \(pair.target.name) as \(pair.source.name), which the policy \
        \(pair.expectation.isRefusal ? "refuses" : "allows"):
          bash -c 'echo $$ > \(site.cgroupDirectory(of: pair.source))/cgroup.procs
            exec nsenter --net=\(Site.file(ofNetwork: site.network(of: pair.source))) \\
              bash -c "exec 3<>/dev/tcp/\(pair.routes[0].to)/\(pair.port) && echo open"'
        """
    }
}
