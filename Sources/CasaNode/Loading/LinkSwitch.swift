internal import CasaBPF
internal import Glibc

/// Switches links one by one, and back if one of them fails.
struct LinkSwitch {
    let paths: NamespacePaths
    private var done: [Step] = []

    private enum Step {
        case updated(KernelLink, from: KernelProgram, path: String)
        case created(KernelLink, path: String)
    }

    /// A link that is in force, with the program that it runs.
    struct Existing {
        let link: KernelLink
        let program: KernelProgram
    }

    enum Result {
        case created, updated
        /// The cgroup is gone, and with it whoever was to be judged.
        case vanished
    }

    init(paths: NamespacePaths) {
        self.paths = paths
    }

    mutating func attach(
        _ program: KernelProgram, at hook: BPFProgramKind, of cgroup: CgroupDirectory,
        over existing: Existing?
    ) throws(SystemCallFailure) -> Result {
        let path = paths.link(cgroup: cgroup.id, hook: hook.pinName)
        if let existing {
            do {
                try existing.link.update(to: program, "`\(path)`")
            } catch {
                if error.number == ENOLINK { return .vanished }
                throw error
            }
            done.append(.updated(existing.link, from: existing.program, path: path))
            return .updated
        }
        let link = try KernelLink(attaching: program, to: cgroup.descriptor, at: hook, cgroup.path)
        do {
            try KernelPin.replace(link.descriptor, at: path)
        } catch {
            link.detach()
            throw error
        }
        done.append(.created(link, path: path))
        return .created
    }

    /// Puts everything back, last first; returns the links for which that failed.
    mutating func undo() -> [String] {
        var stuck: [String] = []
        while let step = done.popLast() {
            switch step {
            case .updated(let link, let program, let path):
                do {
                    try link.update(to: program, "`\(path)`")
                } catch {
                    if error.number != ENOLINK { stuck.append(path) }
                }
            case .created(let link, let path):
                link.detach()
                do {
                    try KernelPin.remove(path)
                } catch {
                    stuck.append(path)
                }
            }
        }
        return stuck.sorted()
    }
}
