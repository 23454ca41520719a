/// Ends links that nobody wants any more.
struct LinkRemoval {
    let paths: NamespacePaths

    struct Removed {
        var links = 0
        var cgroups = 0
        var failures: [SystemCallFailure] = []
    }

    /// Ends every link but those of some cgroups.
    func removeAll(except cgroups: [UInt64] = []) -> Removed {
        let kept = NamespacePaths.linkNames(of: cgroups)
        var removed = Removed()
        var ended: Set<Substring> = []
        for name in FileTree.names(in: paths.links) {
            if kept.contains(name) { continue }
            let path = "\(paths.links)/\(name)"
            // Whoever else holds the link, it ends now.
            (try? KernelLink(pinnedAt: path))?.detach()
            do {
                try FileTree.remove(path)
                removed.links += 1
                ended.insert(name.prefix { $0 != "_" })
            } catch {
                removed.failures.append(error)
            }
        }
        removed.cgroups = ended.count
        return removed
    }
}
