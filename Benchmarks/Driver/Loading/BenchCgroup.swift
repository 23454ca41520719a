internal import CasaNode
internal import Foundation

/// A cgroup of a benchmark's own, with nobody in it; removed with this value.
final class BenchCgroup {
    /// Relative to the cgroup v2 mount.
    let name: String
    let path: String
    let handle: KernelHandle

    init() throws {
        let mounts = try String(contentsOfFile: "/proc/self/mounts", encoding: .utf8)
        guard let mount = MountTable(mounts).cgroup2 else {
            throw BenchFailure("no cgroup v2 hierarchy is mounted")
        }
        name = "casa-bench-\(getpid())"
        path = "\(mount)/\(name)"
        guard mkdir(path, 0o755) == 0 else { throw BenchFailure("no cgroup can be made in `\(mount)`") }
        handle = try KernelHandle(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), "opening `\(path)`")
    }

    deinit { rmdir(path) }
}
