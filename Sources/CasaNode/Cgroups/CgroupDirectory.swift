internal import CSystemShims
package import CasaDiagnostics
internal import Glibc

/// A cgroup v2 directory, held open so that it is the same one when programs are attached.
final class CgroupDirectory: Sendable {
    let descriptor: Descriptor
    let path: String
    /// The number by which programs and links know the cgroup.
    let id: UInt64

    /// The root of the whole hierarchy.
    private static let rootID: UInt64 = 1

    init(path: String, at origin: SourceRange?) throws(NodeError) {
        do {
            descriptor = try Descriptor(owning: casa_node_open_directory(path), "open", "`\(path)`")
        } catch {
            switch error.number {
            case ENOENT: throw .cgroup(CgroupProblem(.missing, path: path, at: origin))
            case ENOTDIR: throw .cgroup(CgroupProblem(.notCgroup2, path: path, at: origin))
            default: throw .systemCall(error)
            }
        }
        guard casa_node_is_cgroup2(descriptor.rawValue) == 1 else {
            throw .cgroup(CgroupProblem(.notCgroup2, path: path, at: origin))
        }
        var inode: UInt64 = 0
        let result = casa_node_inode(descriptor.rawValue, &inode)
        guard result == 0 else { throw .systemCall(SystemCallFailure("fstat", "`\(path)`", result: result)) }
        guard inode != Self.rootID else { throw .cgroup(CgroupProblem(.root, path: path, at: origin)) }
        self.path = path
        id = inode
    }

    /// Whether a process is in the cgroup or below it; `nil` where the kernel does not say.
    var isPopulated: Bool? {
        guard let events = TextFile.read(path + "/cgroup.events") else { return nil }
        let line = events.split(separator: "\n").first { $0.hasPrefix("populated ") }
        return line.map { $0 == "populated 1" }
    }
}

/// Why a directory cannot be a pod's cgroup.
package struct CgroupProblem: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case missing
        case notCgroup2
        case root
        /// It lies in another cgroup of the inventory, so its packets would be judged twice.
        case nested(in: String)
        /// Another pod, under another path, or another namespace that is loaded.
        case taken(by: String)
    }

    package let kind: Kind
    package let path: String
    package let origin: SourceRange?

    init(_ kind: Kind, path: String, at origin: SourceRange?) {
        self.kind = kind
        self.path = path
        self.origin = origin
    }
}
