/// A v1 controller that hides sockets from cgroup v2.
///
/// Before Linux 5.15 a socket had room for one of the two: once a cgroup of `net_cls` or `net_prio` was in
/// use, new sockets counted as the root's, and no program of their cgroup saw them.
package struct HiddenSockets: Hashable, Sendable {
    package let controller: String
    package let mount: String

    private static let controllers = ["net_cls", "net_prio"]

    /// Fails where nothing is hidden.
    ///
    /// A hierarchy is in use when it has a cgroup besides its root.
    package init?(mounts: MountTable, controllers text: String, release: KernelRelease) {
        guard release < .independentSocketCgroups else { return nil }
        let found = Self.controllers.lazy.compactMap { name in
            Self.cgroupCount(name, in: text) > 1 ? mounts.version1(name).map { (name, $0) } : nil
        }.first
        guard let (controller, mount) = found else { return nil }
        self.controller = controller
        self.mount = mount
    }

    /// From `/proc/cgroups`: `name hierarchy cgroups enabled`.
    private static func cgroupCount(_ controller: String, in text: String) -> Int {
        for line in text.split(separator: "\n") {
            let fields = line.split(whereSeparator: { $0 == "\t" || $0 == " " })
            if fields.count >= 3, fields[0] == controller { return Int(fields[2]) ?? 0 }
        }
        return 0
    }
}
