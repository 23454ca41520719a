internal import CasaCodegen
internal import Foundation

/// CASA's decision beside Cilium's order, over the same flows, in turns.
struct DatapathSuite {
    static let sizes = [10, 100, 1_000, 10_000]
    private static let rounds = 9

    private let casa: Template
    private let baseline: [UInt8]

    init(_ toolchain: Toolchain, folder: URL) throws {
        casa = try Self.template(toolchain, folder)
        baseline = try toolchain.object("baseline", in: folder)
    }

    /// CASA's side, to be linked with the functions of a policy.
    static func template(_ toolchain: Toolchain, _ folder: URL) throws -> Template {
        Template(bytes: try toolchain.object("casa", in: folder))
    }

    func rows() throws -> [Row] {
        let contests = try Self.sizes.map { try contest($0) }
        let smallTable = try Contest.Side(
            "casa", of: CasaSide(rules: Self.sizes[0], template: casa, treeLimit: 0).object)
        // In turns over everything, so that a slow moment of the machine meets all alike.
        for _ in 0..<Self.rounds {
            for contest in contests { try contest.round() }
            try smallTable.round()
        }
        var rows: [Row] = []
        for (size, contest) in zip(Self.sizes, contests) {
            rows += [
                row("the walk alone", size, contest.casa.walk.best, contest.base.walk.best),
                row("decision / identity + policy", size, contest.casa.policyCost, contest.base.policyCost),
                row(
                    "decision + counters / all of the baseline", size, contest.casa.allCost,
                    contest.base.allCost),
            ]
        }
        if let small = contests.first, let large = contests.last {
            rows += [
                row("table at 10 000 / at 10", 10_000, large.casa.policyCost, smallTable.policyCost),
                row("decision at 10 000 / at 10", 10_000, large.casa.policyCost, small.casa.policyCost),
            ]
        }
        return rows
    }

    private func row(_ name: String, _ size: Int, _ ours: Double, _ baseline: Double) -> Row {
        Row(name, size: size, unit: "ns", ours: ours, baseline: baseline)
    }

    private func contest(_ size: Int) throws -> Contest {
        let side = try CasaSide(rules: size, template: casa)
        let theirs = try BenchObject(baseline, content: [".data.flows": side.cycle.bytes])
        try BaselineMaps(object: theirs).fill(side.namespace.peers, side.cycle.flows)
        return Contest(
            casa: try Contest.Side("casa", of: side.object), base: try Contest.Side("base", of: theirs))
    }
}
