internal import CBPFShims
internal import CLibBPF
internal import FoundationEssentials
internal import Glibc

/// Joins relocatable objects into one with libbpf's static linker.
package struct ObjectLinker: Sendable {
    /// One object to join.
    package struct Input: Sendable {
        /// What the linker's messages call it; a plain file name.
        package var name: String
        package var bytes: [UInt8]

        package init(name: String, bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    private let temporaryDirectory: String

    /// Takes the directory in which a private one is made for each run, because libbpf links files only.
    package init(temporaryDirectory: String = "/tmp") {
        self.temporaryDirectory = temporaryDirectory
    }

    /// The joined object; equal inputs in equal order give equal bytes.
    package func link(_ inputs: [Input]) throws(ObjectLinkError) -> [UInt8] {
        // libbpf trusts more of its input than we do of ours.
        for input in inputs {
            do { _ = try ELFObject(input.bytes) } catch {
                throw ObjectLinkError(.unreadable(input: input.name, error), log: "")
            }
        }
        let directory = try makeDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var paths: [String] = []
        for (index, input) in inputs.enumerated() {
            let path = "\(directory)/\(index)-\(Self.fileName(input.name))"
            try write(input.bytes, to: path)
            paths.append(path)
        }
        let output = "\(directory)/linked"
        try run(paths, names: inputs.map(\.name), output: output, directory: directory)
        guard let bytes = try? Data(contentsOf: URL(filePath: output)) else {
            throw ObjectLinkError(.temporaryFile, log: "")
        }
        return [UInt8](bytes)
    }

    private func run(
        _ paths: [String], names: [String], output: String, directory: String
    ) throws(ObjectLinkError) {
        guard casa_object_log_begin() == 0 else { throw ObjectLinkError(.logUnavailable, log: "") }
        let problem = Self.problem(of: paths, names: names, output: output)
        // libbpf's messages name files; where they lay for a moment is nobody's business.
        let log = Self.takeLog().replacing("\(directory)/", with: "")
        if let problem { throw ObjectLinkError(problem, log: log) }
    }

    private static func problem(
        of paths: [String], names: [String], output: String
    ) -> ObjectLinkError.Problem? {
        guard let linker = bpf_linker__new(output, nil) else { return .notStarted }
        defer { bpf_linker__free(linker) }
        for (path, name) in zip(paths, names) {
            let result = bpf_linker__add_file(linker, path, nil)
            guard result == 0 else { return .refused(input: name, errno: -result) }
        }
        let result = bpf_linker__finalize(linker)
        return result == 0 ? nil : .notFinished(errno: -result)
    }

    private static func takeLog() -> String {
        guard let text = casa_object_log_end() else { return "" }
        defer { casa_object_log_free(text) }
        return String(cString: text)
    }

    private func makeDirectory() throws(ObjectLinkError) -> String {
        var path = Array("\(temporaryDirectory)/casa-link-XXXXXX".utf8CString)
        let result = path.withUnsafeMutableBufferPointer { casa_object_make_directory($0.baseAddress) }
        guard result == 0 else {
            throw ObjectLinkError(.temporaryDirectory(errno: -result), log: "")
        }
        return String(decoding: path.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Nothing is forced to the disk: the file is read back at once, and then removed.
    private func write(_ bytes: [UInt8], to path: String) throws(ObjectLinkError) {
        guard let file = fopen(path, "wxe") else { throw ObjectLinkError(.temporaryFile, log: "") }
        let written = fwrite(bytes, 1, bytes.count, file)
        guard fclose(file) == 0, written == bytes.count else {
            throw ObjectLinkError(.temporaryFile, log: "")
        }
    }

    /// A name that stays inside its directory whatever it is.
    private static func fileName(_ name: String) -> String {
        let allowed = name.utf8.suffix(64).map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"):
                byte
            default: UInt8(ascii: "_")
            }
        }
        return String(decoding: allowed, as: UTF8.self)
    }
}
