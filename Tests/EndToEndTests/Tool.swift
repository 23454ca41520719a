import Foundation

/// Runs the `casa` that was built with these tests.
struct Tool {
    struct Result {
        let code: Int32
        let output: String
        let error: String
    }

    /// The folder of the products: that of the test runner, or the one beside it.
    static let products = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()

    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func casa(_ arguments: String..., input: String? = nil) throws -> Result {
        try run(products.appending(path: "casa"), arguments, input: input)
    }

    static func run(_ executable: URL, _ arguments: [String], input: String? = nil) throws -> Result {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = repository
        let folder = try TemporaryFolder()
        let output = try folder.file("out")
        let error = try folder.file("err")
        process.standardOutput = output
        process.standardError = error
        let pipe = Pipe()
        process.standardInput = pipe
        try process.run()
        try pipe.fileHandleForWriting.write(contentsOf: Data((input ?? "").utf8))
        try pipe.fileHandleForWriting.close()
        process.waitUntilExit()
        return Result(
            code: process.terminationStatus, output: try folder.text("out"), error: try folder.text("err"))
    }
}

/// A folder that is gone with its value.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "casa-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String) throws -> FileHandle {
        try Data().write(to: URL(filePath: "\(path)/\(name)"))
        return try FileHandle(forWritingTo: URL(filePath: "\(path)/\(name)"))
    }

    func text(_ name: String) throws -> String {
        try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    }
}
