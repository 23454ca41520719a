internal import CSystemShims

/// Takes a namespace out of force and removes every trace of it.
///
/// It can be repeated, and finishes what a killed loader or unloader left behind.
package struct Unloader: Sendable {
    private let paths: NodePaths

    package struct Outcome: Hashable, Sendable {
        /// Something of the namespace was there.
        package let wasLoaded: Bool
        package let linksRemoved: Int
        package let cgroups: Int
    }

    package init(paths: NodePaths = .standard) {
        self.paths = paths
    }

    package func unload(_ namespace: String, patience: Int = 10_000) throws(NodeError) -> Outcome {
        let own = try paths.namespace(namespace)
        let lacking = Capability.missing(inStatus: TextFile.read("/proc/self/status") ?? "")
        guard lacking.isEmpty else { throw .missingCapabilities(lacking) }
        let wasLoaded = FileTree.isDirectory(own.pins) || FileTree.isDirectory(own.state)
        // The directory of the lock may be the first thing that is missing.
        do { try FileTree.make(paths.state) } catch { throw .systemCall(error) }
        let lock = try NodeLock(path: paths.lock, patience: patience)
        defer { withExtendedLifetime(lock) {} }
        let removed = LinkRemoval(paths: own).removeAll()
        if let failure = removed.failures.first { throw .systemCall(failure) }
        do {
            try FileTree.remove(own.pins)
            // Last, so that what is not finished is still listed.
            try FileTree.remove(own.state)
        } catch {
            throw .systemCall(error)
        }
        return Outcome(wasLoaded: wasLoaded, linksRemoved: removed.links, cgroups: removed.cgroups)
    }
}
