internal import CasaNode
internal import Glibc

/// Where one run of the demo has its things: everything bears its name, so that all of it can be found again.
struct Site {
    private static let prefix = "casa-demo-"
    static let networkDirectory = "/run/netns"

    /// The process that made it.
    let process: Int32

    static let own = Site(process: getpid())

    var name: String { "\(Self.prefix)\(process)" }

    /// For bundles, inventory, and what processes say; only root has one.
    var directory: String { "/run/\(name)" }

    /// Written before the first is loaded, so that a load that was killed is known too.
    private var namespaceFile: String { "\(directory)/namespaces" }

    var notedNamespaces: [String] {
        (Files.text(namespaceFile) ?? "").split(separator: "\n").map(String.init)
    }

    func note(loading namespaces: [String]) throws(DemoFailure) {
        try Files.write(namespaces.map { $0 + "\n" }.joined(), to: namespaceFile)
    }

    /// Relative to the hierarchy, as `/proc/self/cgroup` has it.
    var cgroup: String { "/\(name)" }

    static let cgroupMount = MountTable(Files.text("/proc/self/mounts") ?? "").cgroup2

    /// As a directory.
    var cgroupDirectory: String { (Self.cgroupMount ?? "") + cgroup }

    /// The namespace of the switch; those of hosts have its name and more.
    var switchNetwork: String { name }

    func cgroup(of party: Party) -> String { "\(cgroup)/\(fileName(of: party))" }

    func cgroupDirectory(of party: Party) -> String { (Self.cgroupMount ?? "") + cgroup(of: party) }

    func network(of party: Party) -> String { "\(name)-\(fileName(of: party))" }

    func owns(network: String) -> Bool { network == switchNetwork || network.hasPrefix(name + "-") }

    static func file(ofNetwork name: String) -> String { "\(networkDirectory)/\(name)" }

    /// Names of parties are names of files, but for the parts of a workload's full name.
    func fileName(of party: Party) -> String { party.name.split(separator: "/").joined(separator: ".") }

    /// The sites of runs that are over, found by what they left.
    static var abandoned: [Site] {
        let places = ["/run", networkDirectory] + [cgroupMount].compactMap { $0 }
        let processes = places.flatMap(Files.names).compactMap { name -> Int32? in
            guard name.hasPrefix(prefix) else { return nil }
            return Int32(name.dropFirst(prefix.count).prefix { $0.isNumber })
        }
        return Set(processes).sorted().filter { !isRunning($0) }.map(Site.init)
    }

    private static func isRunning(_ process: Int32) -> Bool {
        process != getpid() && Files.text("/proc/\(process)/comm")?.hasPrefix("casa-dev") ?? false
    }
}
