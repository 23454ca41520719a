import CasaBundle
import CasaCodegen
import CasaDiagnostics
import CasaNode
import CasaPolicyIR
import Foundation
import Synchronization
import Testing

/// Cgroups, pins and state of one test, beside everyone else's, and removed afterwards.
final class LoadSite {
    static let mount: String = {
        let mounts = (try? String(contentsOfFile: "/proc/self/mounts", encoding: .utf8)) ?? ""
        return MountTable(mounts).cgroup2 ?? "/sys/fs/cgroup"
    }()
    private static let counter = Atomic(0)

    let paths: NodePaths
    /// Relative to the cgroup v2 mount.
    let cgroup: String
    private let temporary: URL

    init() throws {
        let number = Self.counter.wrappingAdd(1, ordering: .relaxed).newValue
        let name = "casa-test-\(getpid())-\(number)"
        temporary = FileManager.default.temporaryDirectory.appending(path: name)
        paths = NodePaths(pins: "/sys/fs/bpf/\(name)", state: temporary.appending(path: "state").path())
        cgroup = name
        try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
        for pod in ["", "/one", "/two"] { try makeCgroup(cgroup + pod) }
    }

    deinit {
        for namespace in StatusReader(paths: paths).namespaces() {
            _ = try? Unloader(paths: paths).unload(namespace)
        }
        for pod in ["/one", "/two", ""] { rmdir("\(Self.mount)/\(cgroup)\(pod)") }
        rmdir(paths.pins)
        try? FileManager.default.removeItem(at: temporary)
    }

    func makeCgroup(_ path: String) throws {
        try FileManager.default.createDirectory(
            atPath: "\(Self.mount)/\(path)", withIntermediateDirectories: false)
    }

    func removeCgroup(_ path: String) { rmdir("\(Self.mount)/\(path)") }

    func path(of pod: String) -> String { "\(Self.mount)/\(cgroup)/\(pod)" }

    /// Loads a bundle that nobody proved, unless it is attested: what is tested is the load.
    func load(
        _ bundle: CasaBundle.Bundle, inventory: Inventory, options: LoadOptions = LoadOptions()
    ) throws(NodeError) -> LoadOutcome {
        var options = options
        options.acceptsUnproved = options.attestation == nil
        return try Loader(paths: paths).load(bundle, inventory: inventory, options: options)
    }

    /// What a program in a cgroup sees when it connects.
    enum Connection: Equatable {
        case refused
        /// It was not the policy that stopped it, if anything did.
        case passed
    }

    /// UDP connects without sending anything, so peers need not exist.
    func connect(
        _ pod: String, _ address: String, _ port: Int, _ kind: String = "udp", times: Int = 1
    ) throws -> Connection {
        let script = """
            echo $$ > "$1/cgroup.procs" || exit 90
            for ((call = 1; call <= $5; call++)); do : 3<>"/dev/$2/$3/$4"; done
            """
        let arguments = ["client", path(of: pod), kind, address, "\(port)", "\(times)"]
        let (status, output) = try run(["-c", script] + arguments)
        try #require(status != 90, "the client did not enter its cgroup: \(output)")
        return output.contains("Operation not permitted") ? .refused : .passed
    }

    private func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    /// Every name below the pins of the namespace.
    var pins: [String] {
        ((try? FileManager.default.subpathsOfDirectory(atPath: paths.pins)) ?? []).sorted()
    }
}
