internal import CasaBPF

/// Asks the kernel what is attached.
struct LinkReading {
    let paths: NamespacePaths
    let generation: Int

    func status(of entry: NamespaceState.CgroupEntry) -> NamespaceStatus.CgroupStatus {
        let cgroup = try? CgroupDirectory(path: entry.path, at: nil)
        let isSame = cgroup?.id == entry.id
        return NamespaceStatus.CgroupStatus(
            entry: entry,
            hooks: BPFProgramKind.allCases.map { hook in
                NamespaceStatus.HookStatus(
                    hook: hook.pinName, condition: condition(of: hook, entry, exists: isSame))
            }, isPopulated: isSame ? cgroup?.isPopulated : nil)
    }

    private func condition(
        of hook: BPFProgramKind, _ entry: NamespaceState.CgroupEntry, exists: Bool
    ) -> NamespaceStatus.Condition {
        // The kernel lets go of a removed cgroup in its own time; the link may still name it.
        guard exists else { return .cgroupGone }
        let path = paths.link(cgroup: entry.id, hook: hook.pinName)
        guard let link = try? KernelLink(pinnedAt: path), let found = try? link.information(path),
            found.isCgroupLink, found.cgroup != 0
        else { return .missing }
        guard found.cgroup == entry.id else { return .drifted("the link leads to cgroup \(found.cgroup)") }
        guard found.attachType == hook.attachType else {
            return .drifted("the link is at hook \(found.attachType) of the kernel")
        }
        let pinned = paths.program(subject: entry.subject, hook: hook.pinName, generation: generation)
        guard let program = try? KernelProgram(pinnedAt: pinned) else {
            return .drifted("its program is not pinned")
        }
        guard program.id == found.program else {
            return .drifted("program \(found.program) runs in its place")
        }
        guard entry.tags.first(where: { $0.hook == hook.pinName })?.tag == program.tag else {
            return .drifted("the program is another one than was loaded: tag \(program.tag)")
        }
        return .attached(program: program.id, tag: program.tag)
    }

    /// Pins in the directory of links that these cgroups do not explain.
    func stray(besides entries: [NamespaceState.CgroupEntry]) -> [String] {
        let expected = NamespacePaths.linkNames(of: entries.map(\.id))
        return FileTree.names(in: paths.links).filter { !expected.contains($0) }
    }
}
