internal import CasaCompiler
internal import CasaDiagnostics
internal import Foundation

/// What people wait for: `casa check` and `casa build`, inside one process and as whole ones.
struct CompilerSuite {
    static let sizes = [10, 100, 1_000, 10_000]

    let tool: String
    let folder: URL

    func rows() throws -> [Row] {
        var rows: [Row] = []
        var times: [Int: (check: Double, build: Double)] = [:]
        for size in Self.sizes {
            let text = GeneratedSources(rules: size).text
            let own = try timesInside(text, runs: Self.runs(size))
            times[size] = own
            rows += [
                Row("check, in process", size: size, unit: "ms", ours: own.check * 1e3),
                Row("build, in process", size: size, unit: "ms", ours: own.build * 1e3),
            ]
            rows += try wholeProcesses(text, size)
        }
        if let small = times[1_000], let large = times[10_000] {
            rows += [
                Row(
                    "check, 10 000 rules / 1 000", size: 10_000, unit: "ms", ours: large.check * 1e3,
                    baseline: small.check * 1e3),
                Row(
                    "build, 10 000 rules / 1 000", size: 10_000, unit: "ms", ours: large.build * 1e3,
                    baseline: small.build * 1e3),
            ]
        }
        return rows
    }

    private static func runs(_ size: Int) -> Int { size < 10_000 ? 9 : 3 }

    private func timesInside(_ text: String, runs: Int) throws -> (check: Double, build: Double) {
        let sources = [SourceFile(name: "shop.yaml", text: text)]
        let check = try Timing.fastest(of: runs) {
            var diagnostics = DiagnosticBag()
            _ = try Compilation(of: sources).meaning(reporting: &diagnostics)
        }
        let build = try Timing.fastest(of: runs) {
            var diagnostics = DiagnosticBag()
            _ = try Compilation(of: sources).bundles(reporting: &diagnostics)
        }
        return (check, build)
    }

    private func wholeProcesses(_ text: String, _ size: Int) throws -> [Row] {
        let file = folder.appending(path: "shop-\(size).yaml").path()
        let output = folder.appending(path: "out-\(size)").path()
        try Data(text.utf8).write(to: URL(filePath: file))
        let runs = 0..<Self.runs(size)
        let checks = try runs.map { _ in try ChildProcess.measured(tool, ["check", file]) }
        let builds = try runs.map { _ in try ChildProcess.measured(tool, ["build", file, "-o", output]) }
        return Self.rows("check", size, checks) + Self.rows("build", size, builds)
    }

    private static func rows(_ command: String, _ size: Int, _ runs: [ChildProcess]) -> [Row] {
        [
            Row(
                "casa \(command)", size: size, unit: "ms",
                ours: (runs.map(\.seconds).min() ?? .infinity) * 1e3),
            Row(
                "casa \(command), peak", size: size, unit: "MiB",
                ours: Double(runs.map(\.peakKibibytes).max() ?? 0) / 1024),
        ]
    }
}
