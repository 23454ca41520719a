internal import CSystemShims
internal import FoundationEssentials
internal import Glibc

/// Directories, in file systems that know little more than names.
enum FileTree {
    /// Makes a directory and those above it.
    static func make(_ path: String) throws(SystemCallFailure) {
        let result = casa_node_make_directory(path)
        if result == 0 || result == -EEXIST { return }
        guard result == -ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            throw SystemCallFailure("mkdir", "`\(path)`", result: result)
        }
        try make(String(path[..<slash]))
        let again = casa_node_make_directory(path)
        guard again == 0 || again == -EEXIST else {
            throw SystemCallFailure("mkdir", "`\(path)`", result: again)
        }
    }

    /// The names in a directory, in order; none where there is no such directory.
    static func names(in path: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    /// Removes a file, or a directory with everything in it; what is not there is removed already.
    static func remove(_ path: String) throws(SystemCallFailure) {
        let result = casa_node_unlink(path)
        if result == 0 || result == -ENOENT || result == -ENOTDIR { return }
        // A directory: EISDIR, or EPERM by POSIX.
        guard result == -EISDIR || result == -EPERM else {
            throw SystemCallFailure("unlink", "`\(path)`", result: result)
        }
        for name in names(in: path) { try remove("\(path)/\(name)") }
        let removed = casa_node_remove_directory(path)
        guard removed == 0 || removed == -ENOENT else {
            throw SystemCallFailure("rmdir", "`\(path)`", result: removed)
        }
    }

    /// Removes a directory unless something is in it.
    static func removeEmpty(_ path: String) {
        _ = casa_node_remove_directory(path)
    }

    static func isDirectory(_ path: String) -> Bool {
        var isDirectory = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory
    }
}
