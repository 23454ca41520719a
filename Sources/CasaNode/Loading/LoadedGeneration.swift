internal import CasaBPF

/// What is pinned for a namespace before a load.
struct LoadedGeneration {
    let paths: NamespacePaths
    /// The one that the state names; else the newest that has pins.
    let number: Int?
    private let generations: [Int]

    init(_ paths: NamespacePaths, state: NamespaceState?) {
        self.paths = paths
        generations = FileTree.names(in: paths.pins).compactMap { name in
            guard name.hasPrefix(NamespacePaths.generationPrefix) else { return nil }
            return Int(name.dropFirst(NamespacePaths.generationPrefix.count))
        }.sorted()
        number = state?.generation ?? generations.last
    }

    /// A number that no pin and no state has.
    var next: Int { max(number ?? 0, generations.last ?? 0) + 1 }

    /// A map that may go on.
    func map(_ name: String) -> KernelMap? {
        number.flatMap { try? KernelMap(pinnedAt: paths.map(name, generation: $0)) }
    }

    /// Every program that is pinned, by its id.
    func programs() -> [UInt32: KernelProgram] {
        var programs: [UInt32: KernelProgram] = [:]
        for generation in generations {
            let directory = paths.generation(generation)
            for name in FileTree.names(in: directory) where name.hasPrefix("subject_") {
                if let program = try? KernelProgram(pinnedAt: "\(directory)/\(name)") {
                    programs[program.id] = program
                }
            }
        }
        return programs
    }

    /// The link that is in force at a hook of a cgroup; `nil` where there is none, or one of something else.
    func link(
        at hook: BPFProgramKind, of cgroup: UInt64, programs: [UInt32: KernelProgram]
    ) throws(SystemCallFailure) -> LinkSwitch.Existing? {
        let path = paths.link(cgroup: cgroup, hook: hook.pinName)
        guard let link = try? KernelLink(pinnedAt: path), let information = try? link.information(path),
            information.isCgroupLink, information.cgroup == cgroup, information.attachType == hook.attachType
        else { return nil }
        // Without the old program there is no way back, so that is found out before the first switch.
        if let program = programs[information.program] {
            return LinkSwitch.Existing(link: link, program: program)
        }
        return LinkSwitch.Existing(link: link, program: try KernelProgram(id: information.program))
    }

    /// Removes every generation but one; returns what could not be removed.
    func removeOthers(than kept: Int) -> [SystemCallFailure] {
        var failures: [SystemCallFailure] = []
        for generation in generations where generation != kept {
            do { try FileTree.remove(paths.generation(generation)) } catch { failures.append(error) }
        }
        return failures
    }
}
