internal import Foundation

/// `casa-bench`: measures what was promised, beside what it was promised against, and fails where it falls short.
@main
enum CasaBench {
    static func main() throws {
        do {
            let words = Array(CommandLine.arguments.dropFirst())
            if words.first == ChildProcess.command {
                return try ChildProcess.measure(Array(words.dropFirst()))
            }
            let options = try Options(words)
            // Builds and browsers beside it should not be measured.
            _ = setpriority(Int32(PRIO_PROCESS.rawValue), 0, -20)
            exit(try run(options) ? 0 : 1)
        } catch let failure as BenchFailure {
            FileHandle.standardError.write(Data("casa-bench: \(failure)\n".utf8))
            exit(2)
        }
    }

    /// Whether every target was measured and met.
    private static func run(_ options: Options) throws -> Bool {
        let thresholds = try Thresholds.read("\(options.package)/Benchmarks/thresholds.json")
        let toolchain = try Toolchain(package: options.package)
        let folder = FileManager.default.temporaryDirectory.appending(path: "casa-bench-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }

        print(RowText.header)
        var rows: [Row] = []
        for suite in options.suites {
            let measured = try suite.rows(toolchain, folder, options).map(thresholds.apply)
            for row in measured { print(RowText.line(row)) }
            rows += measured
        }
        try RowJSON.write(rows, to: options.output)
        let short = rows.filter { $0.verdict == .short }
        let missing = options.suites == Suite.allCases ? thresholds.unmeasured(by: rows) : []
        for target in missing { print("not measured: \(target.name) \(target.size)") }
        print("\(rows.count) numbers, \(rows.count { $0.verdict == .ok }) targets met, \(short.count) short")
        return short.isEmpty && missing.isEmpty
    }
}
