internal import CSystemShims

/// Whether this process on this kernel can enforce anything.
struct Preflight {
    let paths: NodePaths

    /// Returns what is mounted.
    func check() throws(NodeError) -> MountTable {
        let lacking = Capability.missing(inStatus: TextFile.read("/proc/self/status") ?? "")
        guard lacking.isEmpty else { throw .missingCapabilities(lacking) }
        let release = KernelRelease.current
        try raiseMemoryLimit(release)
        try checkPinDirectory()
        let mounts = MountTable(TextFile.read("/proc/self/mounts") ?? "")
        let controllers = TextFile.read("/proc/cgroups") ?? ""
        if let hidden = HiddenSockets(mounts: mounts, controllers: controllers, release: release) {
            throw .hiddenSockets(hidden, release: release)
        }
        do {
            let missing = try FeatureProbe.missing()
            guard missing.isEmpty else { throw NodeError.missingFeatures(missing, release: release) }
        } catch let error as NodeError {
            throw error
        } catch let error as SystemCallFailure {
            throw NodeError(error, map: nil)
        } catch {
            preconditionFailure("probing fails with a system call or a missing feature")
        }
        return mounts
    }

    private func raiseMemoryLimit(_ release: KernelRelease) throws(NodeError) {
        guard release < .limitFreeMemory else { return }
        let result = casa_node_raise_memory_limit()
        guard result == 0 else {
            throw .memoryLimit(SystemCallFailure("setrlimit", "locked memory", result: result))
        }
    }

    /// The nearest directory that is there already must be in a BPF file system.
    private func checkPinDirectory() throws(NodeError) {
        var path = paths.pins
        while !FileTree.isDirectory(path), let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            path = String(path[..<slash])
        }
        guard casa_node_is_bpffs(path) == 1 else { throw .noBPFFileSystem(path: paths.pins) }
    }
}
