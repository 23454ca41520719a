internal import CasaNode
internal import Glibc

/// Whether this process may do on this machine what the demo does.
enum Readiness {
    /// What is missing, in words; `nil` where nothing is.
    static var problem: String? {
        if geteuid() != 0 { return "not root" }
        let status = Files.text("/proc/self/status") ?? ""
        if !Capability.missing(inStatus: status).isEmpty || !hasSystemAdministration(status) {
            return "root without the capabilities to administer networks and BPF"
        }
        let mounts = MountTable(Files.text("/proc/self/mounts") ?? "")
        if mounts.cgroup2 == nil { return "no cgroup v2 hierarchy is mounted" }
        if !mounts.mounts.contains(where: { $0.type == "bpf" && $0.path == "/sys/fs/bpf" }) {
            return "no BPF file system is mounted on /sys/fs/bpf"
        }
        return Files.program("ip") == nil ? "no `ip` command (iproute2)" : nil
    }

    /// Making network namespaces needs it (capabilities(7)); it is bit 21.
    private static func hasSystemAdministration(_ status: String) -> Bool {
        let line = status.split(separator: "\n").first { $0.hasPrefix("CapEff:") }
        let word = line?.split(whereSeparator: { $0 == "\t" || $0 == " " }).last
        return word.flatMap { UInt64($0, radix: 16) }.map { $0 & (1 << 21) != 0 } ?? false
    }
}
