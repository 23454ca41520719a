internal import CSystemShims
internal import CasaBundle
internal import FoundationEssentials
internal import Glibc

/// The state of a namespace on disk: written aside, and renamed when it is true.
struct StateFile {
    let paths: NamespacePaths

    /// Tells one version of the files from the next without reading them.
    struct Identity: Hashable {
        fileprivate var state: [UInt64]
        fileprivate var pending: [UInt64]
    }

    /// `nil` where nothing is loaded.
    var identity: Identity? {
        let identity = Identity(
            state: Self.marks(of: paths.stateFile), pending: Self.marks(of: paths.pendingFile))
        return identity.state.isEmpty ? nil : identity
    }

    private static func marks(of path: String) -> [UInt64] {
        var inode: UInt64 = 0
        var changed: UInt64 = 0
        return casa_node_identify(path, &inode, &changed) == 0 ? [inode, changed] : []
    }

    /// `nil` where nothing is loaded.
    func read() throws(NodeError) -> NamespaceState? {
        try read(paths.stateFile)
    }

    /// What is being switched to, or was when a loader was killed.
    func readPending() throws(NodeError) -> NamespaceState? {
        try read(paths.pendingFile)
    }

    /// What is being switched to, or else what is loaded.
    func readNewest() throws(NodeError) -> NamespaceState? {
        if let pending = try readPending() { return pending }
        return try read()
    }

    private func read(_ path: String) throws(NodeError) -> NamespaceState? {
        guard let bytes = try bytes(of: path) else { return nil }
        let state: NamespaceState
        do {
            state = try StableJSON.decode(bytes)
        } catch {
            throw .unreadableState(path: path, reason: "not understood")
        }
        guard state.format == NamespaceState.currentFormat else {
            throw .unreadableState(path: path, reason: "format \(state.format) is not known")
        }
        return state
    }

    /// Whether a loader was killed while it switched, or is switching.
    var hasPending: Bool { FileManager.default.fileExists(atPath: paths.pendingFile) }

    func writePending(_ state: NamespaceState) throws(NodeError) {
        do {
            try Data(StableJSON.encode(state)).write(to: URL(filePath: paths.pendingFile), options: .atomic)
        } catch {
            throw .unwritableState(path: paths.pendingFile)
        }
    }

    /// From here on the pending state is the state.
    func commit() throws(SystemCallFailure) {
        let result = casa_node_rename(paths.pendingFile, paths.stateFile)
        guard result == 0 else { throw SystemCallFailure("rename", "`\(paths.stateFile)`", result: result) }
    }

    func dropPending() {
        _ = casa_node_unlink(paths.pendingFile)
    }

    private func bytes(of path: String) throws(NodeError) -> [UInt8]? {
        do {
            return try Array(Data(contentsOf: URL(filePath: path)))
        } catch let error as CocoaError
            where error.code == .fileReadNoSuchFile || error.code == .fileNoSuchFile
        {
            return nil
        } catch {
            throw .unreadableState(path: path, reason: "it cannot be read")
        }
    }
}
