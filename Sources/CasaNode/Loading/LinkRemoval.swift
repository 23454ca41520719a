/// Ends links that nobody wants any more.
struct LinkRemoval {
    let paths: NamespacePaths

    struct Removed {
        var links = 0
        var cgroups = 0
        var failures: [SystemCallFailure] = []
    }

    /// Ends every link but those of some cgroups.
    func removeAll(except kept: Set<UInt64> = []) -> Removed {
        var removed = Removed()
        var cgroups: Set<Substring> = []
        for name in FileTree.names(in: paths.links) {
            let cgroup = name.prefix { $0 != "_" }
            if let id = UInt64(cgroup), kept.contains(id), !name.hasSuffix("_next") { continue }
            let path = "\(paths.links)/\(name)"
            // Whoever else holds the link, it ends now.
            (try? KernelLink(pinnedAt: path))?.detach()
            do {
                try FileTree.remove(path)
                removed.links += 1
                cgroups.insert(cgroup)
            } catch {
                removed.failures.append(error)
            }
        }
        removed.cgroups = cgroups.count
        return removed
    }
}
