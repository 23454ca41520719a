internal import Foundation

/// How the templates become an object: the same bytes for the same sources, whatever the machine and the folder.
struct Template {
    let clang: String
    let objcopy: String
    let package: String

    /// The object with BTF and without debug sections; the steps between are files in a folder of the build.
    func object(workingIn folder: URL) throws -> Data {
        let compiled = folder.appending(path: "casa.full.o").path()
        let stripped = folder.appending(path: "casa.o").path()
        try run(clang, Self.compilation + ["-c", "bpf-templates/casa.bpf.c", "-o", compiled])
        try run(objcopy, ["--strip-debug", "--remove-section=.llvm_addrsig", compiled, stripped])
        return try Data(contentsOf: URL(filePath: stripped))
    }

    /// Paths are relative to the package, so that line information says the same in every checkout.
    private static let compilation = [
        "-target", "bpf", "-mcpu=v3", "-O2", "-g", "-Wall", "-Wextra", "-Werror",
        "-fdebug-compilation-dir=.", "-Ibpf-templates/include",
    ]

    private func run(_ tool: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: tool)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: package)
        try process.run()
        process.waitUntilExit()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            throw Failure(tool: tool, status: process.terminationStatus)
        }
    }

    private struct Failure: Error, CustomStringConvertible {
        let tool: String
        let status: Int32

        var description: String { "\(tool) failed with status \(status)" }
    }
}
