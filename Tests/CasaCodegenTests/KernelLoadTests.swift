import CasaBPF
import CasaCodegen
import CasaDiagnostics
import CasaPolicyIR
import Foundation
import Testing

/// The kernel's verifier has the last word on every object.
@Suite(.serialized, .enabled(if: BPFTool.isUsable, "needs root, bpftool and a BPF file system"))
struct KernelLoadTests {
    @Test("the kernel takes an object for every subject", arguments: [0, 6, 120, 900])
    func loads(rules: Int) throws {
        var generator = PolicyGenerator(
            seed: UInt64(rules), shape: .init(subjects: 3, rules: rules, rangePercent: 50, services: 20))
        let policy = generator.policy()
        var diagnostics = DiagnosticBag()
        let object = try ObjectEmission().run(policy, reporting: &diagnostics)
        for subject in 0...3 {
            let result = try BPFTool.load(
                object.bytes, subject: UInt32(subject), name: "casa-codegen-\(rules)-\(subject)")
            #expect(result.status == 0, "\(result.output)")
        }
    }

    @Test("the kernel's own dump shows the lines of the policy")
    func dumpShowsLines() throws {
        var generator = PolicyGenerator(seed: 8, shape: .init(subjects: 1, rules: 8, rangePercent: 0))
        let policy = generator.policy()
        var diagnostics = DiagnosticBag()
        let object = try ObjectEmission().run(policy, reporting: &diagnostics)
        let result = try BPFTool.load(
            object.bytes, subject: 1, name: "casa-codegen-lines", dump: "casa_egress")
        #expect(result.status == 0)
        #expect(result.output.contains("; - rule: number-"), "\(result.output)")
        #expect(result.output.contains("policies/shop.yaml"))
    }
}

/// Loads objects with bpftool and unloads them again.
enum BPFTool {
    private static let path = "/usr/sbin/bpftool"
    private static let pins = "/sys/fs/bpf"

    static var isUsable: Bool {
        guard getuid() == 0, FileManager.default.isExecutableFile(atPath: path) else { return false }
        return (try? run(["prog", "show"]).status) == 0 && FileManager.default.isWritableFile(atPath: pins)
    }

    static func load(
        _ bytes: [UInt8], subject: UInt32, name: String, dump program: String? = nil
    ) throws -> (status: Int32, output: String) {
        var bytes = bytes
        let section = try #require(try ELFObject(bytes).section(named: ".rodata.subject")).bytes
        let value = withUnsafeBytes(of: subject.littleEndian, Array.init)
        bytes.replaceSubrange(section.startIndex..<section.endIndex, with: value)
        let file = FileManager.default.temporaryDirectory.appending(path: "\(name).o")
        let directory = "\(pins)/\(name)"
        try Data(bytes).write(to: file)
        defer {
            try? FileManager.default.removeItem(at: file)
            try? FileManager.default.removeItem(atPath: directory)
        }
        let loaded = try run(["prog", "loadall", file.path, directory])
        guard loaded.status == 0, let program else { return loaded }
        return try run(["prog", "dump", "xlated", "pinned", "\(directory)/\(program)", "linum"])
    }

    private static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
