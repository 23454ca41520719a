internal import CasaBundle
internal import CasaCodegen
internal import CasaCompiler
internal import CasaDiagnostics
internal import CasaPolicyIR
internal import Foundation

/// What the proof adds to a build: for the largest tables and trees, after an edit, and for an example from its sources.
struct ProofSuite {
    private static let tableSizes = [1_000, 10_000]
    /// The compiler's limit of trees, and the one for what fits into no table (`spec/ir.md`, "Forms").
    private static let treeSizes = [128, 2_800]

    /// The folder of the package.
    let package: String

    func rows() throws -> [Row] {
        var rows: [Row] = []
        var times: [Double] = []
        for size in Self.tableSizes {
            let proof = try TimedProof(rules: size, treeLimit: 0)
            times.append(proof.seconds)
            rows += [
                Row("proof of a table", size: size, unit: "s", ours: proof.seconds),
                Row(
                    "proof of a table after an edit of one rule", size: size, unit: "s", ours: proof.afterEdit
                ),
            ]
        }
        if let small = times.first, let large = times.last {
            rows.append(
                Row("proof of a table, 10 000 / 1 000", size: 10_000, unit: "s", ours: large, baseline: small)
            )
        }
        for size in Self.treeSizes {
            let proof = try TimedProof(intervals: size)
            rows += [
                Row("proof of a tree", size: size, unit: "s", ours: proof.seconds),
                Row(
                    "proof of a tree after an edit of one rule", size: size, unit: "s", ours: proof.afterEdit),
            ]
        }
        return try rows + [
            Row("build of examples/banking with proof", unit: "s", ours: banking()),
            Row("peak memory of the proofs", unit: "MB", ours: Self.peakMegabytes),
        ]
    }

    /// From bytes of YAML to proved bundles, in this process, nothing proved before.
    private func banking() throws -> Double {
        var diagnostics = DiagnosticBag()
        let sources = try SourceCollection(arguments: ["\(package)/examples/banking"])
            .read(reporting: &diagnostics)
        return try Timing.fastest(of: 3) {
            var diagnostics = DiagnosticBag()
            let bundles = try Compilation(of: sources)
                .bundles(proof: BundleProof(), reporting: &diagnostics)
            guard bundles.allSatisfy(\.manifest.isProved) else {
                throw BenchFailure("a bundle is not proved")
            }
        }
    }

    /// Of this whole process, so that suites before this one count too.
    private static var peakMegabytes: Double {
        var usage = rusage()
        getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_maxrss) * 1024 / 1e6
    }
}
