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
        var rows: [Row] = []
        var own: [Int: (policy: Double, all: Double)] = [:]
        for size in Self.sizes {
            let times = try times(size)
            own[size] = (times.policy.casa, times.all.casa)
            rows += [
                Row("the walk alone", size: size, unit: "ns", ours: times.walk.casa, baseline: times.walk.base),
                Row("decision / identity + policy", size: size, unit: "ns", ours: times.policy.casa, baseline: times.policy.base),
                Row(
                    "decision + counters / all of the baseline", size: size, unit: "ns", ours: times.all.casa,
                    baseline: times.all.base),
            ]
        }
        if let small = own[10], let large = own[10_000] {
            rows.append(
                Row("decision at 10 000 / at 10", size: 10_000, unit: "ns", ours: large.policy, baseline: small.policy))
            rows.append(
                Row(
                    "decision + counters at 10 000 / at 10", size: 10_000, unit: "ns", ours: large.all,
                    baseline: small.all))
        }
        return rows + (try tableRows())
    }

    private struct Times {
        var walk: (casa: Double, base: Double)
        var policy: (casa: Double, base: Double)
        var all: (casa: Double, base: Double)
    }

    private func times(_ size: Int) throws -> Times {
        let namespace = GeneratedNamespace(rules: size)
        let cycle = FlowCycle(namespace.peers)
        let ours = try load(namespace, cycle)
        let theirs = try BenchObject(baseline, content: [".data.flows": cycle.bytes])
        try BaselineMaps(object: theirs).fill(namespace.peers, cycle.flows)

        let own = try ["bench_casa_walk", "bench_casa_policy", "bench_casa_all"].map { try Walk($0, of: ours) }
        let base = try ["bench_base_walk", "bench_base_policy", "bench_base_all"].map { try Walk($0, of: theirs) }
        for _ in 0..<Self.rounds {
            for (one, other) in zip(own, base) {
                try one.round()
                try other.round()
            }
        }
        return Times(
            walk: (own[0].best, base[0].best), policy: (own[1].best - own[0].best, base[1].best - base[0].best),
            all: (own[2].best - own[0].best, base[2].best - base[0].best))
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
