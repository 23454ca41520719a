internal import Foundation

/// The toolchain's clang, which compiles the programs that are timed.
///
/// It is found beside `swift`: a distribution's older one need not know what the templates ask for.
struct Toolchain {
    /// The folder of the package: the programs are below it.
    let package: String
    private let folder: URL

    init(package: String) throws {
        self.package = package
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let found = path.split(separator: ":").map { URL(filePath: String($0)) }.first {
            ["swift", "clang", "llvm-objcopy"].allSatisfy(Self.isExecutable(in: $0))
        }
        guard let found else { throw BenchFailure("no folder on PATH holds swift, clang and llvm-objcopy") }
        folder = found
    }

    private static func isExecutable(in folder: URL) -> (String) -> Bool {
        { FileManager.default.isExecutableFile(atPath: folder.appending(path: $0).path()) }
    }

    /// Compiles a program of `Benchmarks/Datapath` as the templates are compiled.
    func object(_ name: String, in folder: URL) throws -> [UInt8] {
        let compiled = folder.appending(path: "\(name).full.o").path()
        let stripped = folder.appending(path: "\(name).o").path()
        try run(
            "clang",
            [
                "-target", "bpf", "-mcpu=v3", "-O2", "-g", "-Wall", "-Wextra", "-Werror",
                "-Wno-unused-parameter",
                "-Wno-unused-function", "-fdebug-compilation-dir=.", "-Ibpf-templates",
                "-Ibpf-templates/include",
                "-c", "Benchmarks/Datapath/\(name).bpf.c", "-o", compiled,
            ])
        try run("llvm-objcopy", ["--strip-debug", "--remove-section=.llvm_addrsig", compiled, stripped])
        return [UInt8](try Data(contentsOf: URL(filePath: stripped)))
    }

    private func run(_ tool: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = folder.appending(path: tool)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: package)
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchFailure("\(tool) fails: \(process.terminationStatus)")
        }
    }
}
