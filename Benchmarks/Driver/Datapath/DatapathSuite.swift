internal import CasaBPF
internal import CasaBundle
internal import CasaCodegen
internal import CasaPolicyIR
internal import Foundation

/// CASA's decision beside Cilium's order, over the same flows, in turns.
struct DatapathSuite {
    static let sizes = [10, 100, 1_000, 10_000]
    private static let rounds = 9

    private let casa: Template
    private let baseline: [UInt8]

    init(_ toolchain: Toolchain, folder: URL) throws {
        casa = Template(bytes: try toolchain.object("casa", in: folder))
        baseline = try toolchain.object("baseline", in: folder)
    }

    func rows() throws -> [Row] {
        let contests = try Self.sizes.map { try contest($0) }
        // In turns over everything, so that a slow moment of the machine meets all alike.
        for _ in 0..<Self.rounds {
            for contest in contests { try contest.round() }
        }
        var rows: [Row] = []
        for (size, contest) in zip(Self.sizes, contests) {
            rows += [
                Row("the walk alone", size: size, unit: "ns", ours: contest.casa.walk.best, baseline: contest.base.walk.best),
                Row(
                    "decision / identity + policy", size: size, unit: "ns", ours: contest.casa.policyCost,
                    baseline: contest.base.policyCost),
                Row(
                    "decision + counters / all of the baseline", size: size, unit: "ns", ours: contest.casa.allCost,
                    baseline: contest.base.allCost),
            ]
        }
        if let small = contests.first, let large = contests.last {
            rows += [
                Row(
                    "decision at 10 000 / at 10", size: 10_000, unit: "ns", ours: large.casa.policyCost,
                    baseline: small.casa.policyCost),
                Row(
                    "decision + counters at 10 000 / at 10", size: 10_000, unit: "ns", ours: large.casa.allCost,
                    baseline: small.casa.allCost),
            ]
        }
        return rows + (try tableRows())
    }

    private func contest(_ size: Int) throws -> Contest {
        let namespace = GeneratedNamespace(rules: size)
        let cycle = FlowCycle(namespace.peers)
        let theirs = try BenchObject(baseline, content: [".data.flows": cycle.bytes])
        try BaselineMaps(object: theirs).fill(namespace.peers, cycle.flows)
        return Contest(
            casa: try Contest.Side("casa", of: try load(namespace, cycle)), base: try Contest.Side("base", of: theirs))
    }

    private func load(_ namespace: GeneratedNamespace, _ cycle: FlowCycle) throws -> BenchObject {
        let object = try namespace.object(on: casa)
        return try BenchObject(
            object.bytes,
            content: [
                ".data.flows": cycle.bytes, ".rodata.subject": [1, 0, 0, 0],
                AddressTable.Family.v4.section: try namespace.addresses(for: object).bytes,
            ],
            entries: ["casa_counters": namespace.policy.rules.count + 16])
    }

    /// What does not depend on time.
    private func tableRows() throws -> [Row] {
        var rows: [Row] = []
        for size in Self.sizes {
            let namespace = GeneratedNamespace(rules: size)
            let object = try load(namespace, FlowCycle(namespace.peers))
            let path = try object.program("bench_casa_path")
            rows.append(
                Row(
                    "verified instructions, probe and decision", size: size, unit: "",
                    ours: Double(path.verifiedInstructions)))
            if let table = object.object.dataMap(named: DecisionTable.section) {
                rows.append(
                    Row("decision table, an entry", size: size, unit: "B", ours: Double(table.bytes.count) / Double(size)))
            }
            let addresses = try object.map(AddressTable.Family.v4.section)
            rows.append(
                Row("address table, an address", size: size, unit: "B", ours: Double(addresses.valueBytes) / Double(size)))
        }
        return rows
    }
}
