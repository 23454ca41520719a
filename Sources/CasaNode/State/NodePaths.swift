internal import CasaBPF

/// Where a node keeps what outlives its commands.
package struct NodePaths: Hashable, Sendable {
    /// In a BPF file system: pins of links, programs and maps.
    package var pins: String
    /// What is loaded, for people and for `casa watch`.
    package var state: String

    package init(pins: String, state: String) {
        self.pins = pins
        self.state = state
    }

    package static let standard = NodePaths(pins: "/sys/fs/bpf/casa", state: "/run/casa")

    /// No namespace has a name that begins with a dot.
    var lock: String { state + "/.lock" }

    /// The paths of one namespace; a name that is no DNS label would lead elsewhere.
    func namespace(_ name: String) throws(NodeError) -> NamespacePaths {
        guard TextForm.label.admits(name) else { throw .invalidNamespace(name) }
        return NamespacePaths(pins: "\(pins)/\(name)", state: "\(state)/\(name)")
    }
}

/// Where things of one namespace are.
///
///     <pins>/links/<cgroup id>_<hook>
///     <pins>/generation_<n>/<map>
///     <pins>/generation_<n>/subject_<number>_<hook>
struct NamespacePaths: Hashable, Sendable {
    let pins: String
    let state: String

    var links: String { pins + "/links" }
    var stateFile: String { state + "/state.json" }
    /// What is being switched to; it becomes the state when every link is switched.
    var pendingFile: String { state + "/pending.json" }
    var watchLock: String { state + "/watch.lock" }

    static let generationPrefix = "generation_"

    func generation(_ number: Int) -> String { "\(pins)/\(Self.generationPrefix)\(number)" }

    func map(_ name: String, generation: Int) -> String {
        "\(self.generation(generation))/\(Self.pinName(ofMap: name))"
    }

    func program(subject: Int, hook: String, generation: Int) -> String {
        "\(self.generation(generation))/subject_\(subject)_\(hook)"
    }

    func link(cgroup: UInt64, hook: String) -> String { "\(links)/\(Self.linkName(cgroup, hook))" }

    /// The names of all links of some cgroups.
    static func linkNames(of cgroups: [UInt64]) -> Set<String> {
        Set(cgroups.flatMap { cgroup in BPFProgramKind.allCases.map { linkName(cgroup, $0.pinName) } })
    }

    private static func linkName(_ cgroup: UInt64, _ hook: String) -> String { "\(cgroup)_\(hook)" }

    /// `casa_events` is `events`, `.rodata.decisions` is `decisions`: pins have no dots.
    private static func pinName(ofMap name: String) -> String {
        for prefix in ["casa_", ".rodata."] where name.hasPrefix(prefix) {
            return String(name.dropFirst(prefix.count)).replacing(".", with: "_")
        }
        return (name.hasPrefix(".") ? String(name.dropFirst()) : name).replacing(".", with: "_")
    }
}
