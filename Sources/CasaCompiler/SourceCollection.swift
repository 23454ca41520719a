package import CasaDiagnostics
internal import FoundationEssentials
internal import Glibc

/// Finds and reads the files that arguments name: files, directories (all `.yaml`, `.yml` and `.json` below them),
/// and `-` for standard input.
package struct SourceCollection {
    /// Together the sources may not be larger than this.
    static let byteLimit = 256 << 20
    static let fileLimit = 100_000
    private static let endings = [".yaml", ".yml", ".json"]

    private let arguments: [String]

    package init(arguments: [String]) {
        self.arguments = arguments
    }

    /// The sources in the order of the arguments, directories in the order of their paths.
    package func read(reporting diagnostics: inout DiagnosticBag) throws(Reported) -> [SourceFile] {
        var sources: [SourceFile] = []
        var failure: Reported?
        for argument in arguments {
            do throws(Reported) {
                sources += try read(argument, reporting: &diagnostics)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        guard sources.reduce(0, { $0 + $1.bytes.count }) <= Self.byteLimit else {
            throw diagnostics.fail(
                Diagnostic(
                    .inputTooLarge, at: nil,
                    "the sources are together larger than \(Self.byteLimit >> 20) MiB"
                )
                .help("check the namespaces in several runs"))
        }
        return sources
    }

    private func read(
        _ argument: String, reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> [SourceFile] {
        if argument == "-" {
            let bytes = try contents(of: "/dev/stdin", named: "<stdin>", reporting: &diagnostics)
            return [SourceFile(name: "<stdin>", bytes: bytes)]
        }
        var isDirectory: Bool = false
        guard FileManager.default.fileExists(atPath: argument, isDirectory: &isDirectory) else {
            throw diagnostics.fail(unreadable(argument, "no such file or directory"))
        }
        guard isDirectory else {
            let bytes = try contents(of: argument, named: argument, reporting: &diagnostics)
            let name = argument.split(separator: "/").last.map(String.init) ?? argument
            return [SourceFile(name: argument, artifactName: name, bytes: bytes)]
        }
        return try directory(argument, reporting: &diagnostics)
    }

    private func directory(
        _ path: String, reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> [SourceFile] {
        let base = path.hasSuffix("/") ? String(path.dropLast()) : path
        guard let names = DirectoryListing.files(below: base, limit: Self.fileLimit) else {
            throw diagnostics.fail(
                unreadable(path, "cannot be listed, or holds more than \(Self.fileLimit) files"))
        }
        var sources: [SourceFile] = []
        for name in names where Self.endings.contains(where: name.hasSuffix) {
            let bytes = try contents(of: "\(base)/\(name)", named: "\(base)/\(name)", reporting: &diagnostics)
            sources.append(SourceFile(name: "\(base)/\(name)", artifactName: name, bytes: bytes))
        }
        return sources
    }

    private func contents(
        of path: String, named name: String, reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> [UInt8] {
        guard let stream = fopen(path, "rb") else {
            throw diagnostics.fail(unreadable(name, String(cString: strerror(errno)).lowercased()))
        }
        defer { fclose(stream) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, stream)
            if count == 0 { break }
            bytes += chunk[..<count]
            guard bytes.count <= Self.byteLimit else {
                throw diagnostics.fail(
                    Diagnostic(
                        .inputTooLarge, at: nil, "`\(name)` is larger than \(Self.byteLimit >> 20) MiB"))
            }
        }
        guard ferror(stream) == 0 else {
            throw diagnostics.fail(unreadable(name, String(cString: strerror(errno)).lowercased()))
        }
        return bytes
    }

    private func unreadable(_ name: String, _ reason: String) -> Diagnostic {
        Diagnostic(.unreadableFile, at: nil, "cannot read `\(name)`: \(reason)")
            .help("name a file or directory that is there and may be read, or `-` for standard input")
    }
}

/// The files below a directory.
enum DirectoryListing {
    private static let depthLimit = 64

    /// Their paths relative to it, sorted; `nil` where a directory cannot be read or a limit is passed, as it is by
    /// a link that leads back up.
    static func files(below directory: String, limit: Int) -> [String]? {
        var result: [String] = []
        var pending = [(path: "", depth: 0)]
        while let (path, depth) = pending.popLast() {
            let full = path.isEmpty ? directory : "\(directory)/\(path)"
            guard depth < depthLimit, let names = try? FileManager.default.contentsOfDirectory(atPath: full)
            else {
                return nil
            }
            for name in names {
                let child = path.isEmpty ? name : "\(path)/\(name)"
                var isDirectory = false
                guard
                    FileManager.default.fileExists(atPath: "\(directory)/\(child)", isDirectory: &isDirectory)
                else {
                    continue
                }
                if isDirectory { pending.append((child, depth + 1)) } else { result.append(child) }
            }
            guard result.count + pending.count <= limit else { return nil }
        }
        return result.sorted()
    }
}
