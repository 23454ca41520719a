internal import CasaBundle
internal import Glibc

/// The demo where nothing can be loaded: what the evaluator says of the same pairs.
struct RehearsedDemo {
    private let example: Example
    private let topology: Topology
    private let product: Product

    init(_ example: Example, _ topology: Topology, _ product: Product) {
        self.example = example
        self.topology = topology
        self.product = product
    }

    func run() throws(DemoFailure) -> DemoTable {
        let place = "\(Files.temporaryDirectory)/\(Site.own.name)"
        try Files.makeDirectory(place)
        defer { Files.remove(place) }
        try product.require(["build", example.directory, "-o", "\(place)/bundles"])
        let judge = try Books(example, InventoryText(topology: topology) { Site.own.cgroup(of: $0) }.text)
            .judge
        return DemoTable(
            rows: PairPlan(topology, judge: judge).pairs.map { DemoTable.Row(pair: $0) },
            rules: try example.rules(inBundles: "\(place)/bundles"))
    }
}
