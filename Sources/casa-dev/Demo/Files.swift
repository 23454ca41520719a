internal import FoundationEssentials

/// The few things the demo does with files.
enum Files {
    static func text(_ path: String) -> String? {
        (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) }
    }

    static func write(_ text: String, to path: String) throws(DemoFailure) {
        do {
            try Data(text.utf8).write(to: URL(filePath: path))
        } catch {
            throw .failed("cannot write \(path)")
        }
    }

    /// In order; none where there is no such directory.
    static func names(in path: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    /// A new directory that only we may read.
    static func makeDirectory(_ path: String) throws(DemoFailure) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .failed("cannot make the directory \(path)")
        }
    }

    static func isDirectory(_ path: String) -> Bool {
        var isDirectory = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory
    }

    static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

    /// A program on PATH, or where administrators' programs are.
    static func program(_ name: String) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return (path.split(separator: ":").map(String.init) + ["/usr/sbin", "/sbin"]).lazy.map {
            "\($0)/\(name)"
        }
        .first(where: isExecutable)
    }

    static func isExecutable(_ path: String) -> Bool { FileManager.default.isExecutableFile(atPath: path) }

    static var temporaryDirectory: String { ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp" }

    /// Our own executable.
    static var executable: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            ?? CommandLine.arguments[0]
    }
}
