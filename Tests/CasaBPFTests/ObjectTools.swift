import Foundation
import Testing

/// Programs beside the package that tests compare with; each is looked up on PATH and may be missing.
enum ObjectTools {
    /// Swift's own clang: the one beside `swift`, because another one on PATH may know no BPF.
    static let clang: URL? = find("swift").map { swift in
        swift.resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "clang")
    }.flatMap { FileManager.default.isExecutableFile(atPath: $0.path) ? $0 : nil }

    static let bpftool = find("bpftool", extra: ["/usr/sbin", "/sbin"])
    static let objdump = find("llvm-objdump")

    /// Whether programs can be loaded and pinned here.
    static let canLoad: Bool = {
        guard let bpftool, geteuid() == 0 else { return false }
        guard FileManager.default.fileExists(atPath: "/sys/fs/bpf") else { return false }
        return (try? run(bpftool, ["prog", "list"]).status) == 0
    }()

    private static func find(_ name: String, extra: [String] = []) -> URL? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        for directory in path.split(separator: ":").map(String.init) + extra {
            let candidate = URL(filePath: directory).appending(path: name)
            if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
        }
        return nil
    }

    /// Runs a program to its end; output and errors come together.
    static func run(
        _ program: URL, _ arguments: [String], in directory: URL? = nil
    ) throws -> (status: Int32, output: String) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    /// Gives a directory that is removed afterwards.
    static func withDirectory<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let directory = FileManager.default.temporaryDirectory.appending(path: "casa-object-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: directory) }
        return try body(directory)
    }

    /// Compiles C for the BPF machine.
    static func compile(_ source: String, options: [String] = []) throws -> [UInt8] {
        let clang = try #require(clang)
        return try withDirectory { directory in
            try Data(source.utf8).write(to: directory.appending(path: "template.bpf.c"))
            let arguments = [
                "-target", "bpf", "-mcpu=v3", "-O2", "-g", "-Wall", "-Werror",
                "-fdebug-compilation-dir=.", "-c", "template.bpf.c", "-o", "template.o",
            ]
            let (status, output) = try run(clang, arguments + options, in: directory)
            try #require(status == 0, "\(output)")
            return [UInt8](try Data(contentsOf: directory.appending(path: "template.o")))
        }
    }
}

extension Trait where Self == ConditionTrait {
    static var requiresClang: Self { .enabled("needs Swift's clang") { ObjectTools.clang != nil } }

    static var requiresKernel: Self {
        .enabled("needs Swift's clang, bpftool and the right to load programs") {
            ObjectTools.clang != nil && ObjectTools.canLoad
        }
    }
}
