import CasaBundle
import CasaCodegen
import CasaDiagnostics
import CasaNode
import CasaPolicyIR
import CasaTestSupport
import Foundation

/// A generated policy in force on cgroups of this machine, with processes in them that call; removed afterwards.
final class CallSite {
    let generated: GeneratedPolicy
    private let paths: NodePaths
    private let cgroups: [String]
    private let directory: URL
    private let mount: String

    struct Failure: Error {
        let sentence: String
    }

    init(seed: UInt64) throws {
        var generator = PolicyGenerator(seed: seed)
        let policy = generator.generate()
        let name = "casa-calls-\(getpid())-\(seed)"
        let mounts = (try? String(contentsOfFile: "/proc/self/mounts", encoding: .utf8)) ?? ""
        mount = MountTable(mounts).cgroup2 ?? "/sys/fs/cgroup"
        directory = FileManager.default.temporaryDirectory.appending(path: name)
        paths = NodePaths(pins: "/sys/fs/bpf/\(name)", state: directory.appending(path: "state").path())
        cgroups = [name] + policy.policy.subjects.indices.map { "\(name)/subject-\($0)" }
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        var diagnostics = DiagnosticBag()
        let text = GeneratedInventory(policy).text(cgroups: Array(cgroups.dropFirst()))
        let file = SourceFile(name: "inventory.yaml", text: text)
        let inventory: Inventory
        do {
            inventory = try InventoryReader().read(file, reporting: &diagnostics)
        } catch {
            throw Failure(sentence: "\(diagnostics.diagnostics.map(\.message))\n\(text)")
        }
        let book = inventory.addressBook(for: policy.policy.peers)
        generated = GeneratedPolicy(policy: policy.policy, book: book)
        for cgroup in cgroups {
            try FileManager.default.createDirectory(
                atPath: "\(mount)/\(cgroup)", withIntermediateDirectories: false)
        }
        let object = try ObjectEmission().run(policy.policy, reporting: &diagnostics)
        let bundle = BundleAssembly.bundle(object, of: policy.policy, compiler: "test", sources: [])
        _ = try Loader(paths: paths).load(
            bundle, inventory: inventory, options: LoadOptions(acceptsUnproved: true))
    }

    deinit {
        _ = try? Unloader(paths: paths).unload(generated.policy.name)
        for cgroup in cgroups.reversed() { rmdir("\(mount)/\(cgroup)") }
        rmdir(paths.pins)
        try? FileManager.default.removeItem(at: directory)
    }

    /// Whether each call of a subject was refused by a hook.
    ///
    /// In a network of its own that leads nowhere: what passes the hook fails at once for another reason.
    func refusals(of calls: [Call], subject: Int) throws -> [Bool] {
        let script = """
            echo $$ > "$1/cgroup.procs" || exit 90
            exec unshare --net -- "$BASH" -c '
                while read -r kind address port; do
                    (exec 3<>"/dev/$kind/$address/$port") 2>&1 | grep -c "Operation not permitted"
                done'
            """
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", script, "caller", "\(mount)/\(cgroups[subject])"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let text = calls.map { "\($0.transport == .tcp ? "tcp" : "udp") \($0.written) \($0.port)\n" }.joined()
        try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try input.fileHandleForWriting.close()
        let lines = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            .split(separator: "\n")
        process.waitUntilExit()
        guard process.terminationStatus != 90, lines.count == calls.count else {
            throw Failure(
                sentence: "\(lines.count) answers to \(calls.count) calls, \(process.terminationStatus)")
        }
        return lines.map { $0 != "0" }
    }

    /// A connect of a new socket.
    struct Call {
        let address: IPAddress
        let isMapped: Bool
        let port: UInt16
        let transport: Transport

        /// As the caller writes it; an IPv4 address in its mapped form makes an IPv6 socket.
        var written: String { isMapped ? "::ffff:\(address)" : "\(address)" }
    }
}
