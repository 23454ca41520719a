internal import Foundation

/// What can be measured by itself.
enum Suite: String, CaseIterable {
    case datapath, tables, replacement, load, compiler, machine, proof

    func rows(_ toolchain: Toolchain, _ folder: URL, _ options: Options) throws -> [Row] {
        switch self {
        case .datapath: try DatapathSuite(toolchain, folder: folder).rows()
        case .tables: try TableSuite(template: DatapathSuite.template(toolchain, folder)).rows()
        case .replacement: try ReplacementSuite(template: DatapathSuite.template(toolchain, folder)).rows()
        case .load: try LoadSuite(folder: folder).rows()
        case .compiler: try CompilerSuite(tool: options.casa, folder: folder).rows()
        case .machine: try MachineSuite(package: options.package).rows()
        case .proof: try ProofSuite(package: options.package).rows()
        }
    }
}

/// The command line: suites to run (all, if none is named), and where things are.
struct Options {
    private(set) var suites: [Suite] = []
    /// The folder of the package.
    private(set) var package = "."
    /// Where the rows go as JSON.
    private(set) var output = "bench.json"
    /// The tool that is timed as a whole process; built beside this one.
    private(set) var casa: String

    init(_ arguments: [String]) throws {
        let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        casa = own.deletingLastPathComponent().appending(path: "casa").path()
        var rest = arguments[...]
        while let word = rest.popFirst() {
            if let suite = Suite(rawValue: word) {
                suites.append(suite)
                continue
            }
            guard let value = rest.popFirst() else {
                throw BenchFailure("`\(word)`: unknown, or without its value")
            }
            switch word {
            case "--package": package = value
            case "--output": output = value
            case "--casa": casa = value
            default: throw BenchFailure("unknown option `\(word)`")
            }
        }
        if suites.isEmpty { suites = Suite.allCases }
    }
}
