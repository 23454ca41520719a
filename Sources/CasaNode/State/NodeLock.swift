internal import CSystemShims
internal import Glibc

/// Holds off other loaders of this node while it lives.
final class NodeLock {
    private let descriptor: Descriptor

    /// Waits for another holder as long as is given.
    init(path: String, patience milliseconds: Int) throws(NodeError) {
        do {
            descriptor = try Descriptor(owning: casa_node_open_lock(path), "open", "`\(path)`")
        } catch {
            throw .systemCall(error)
        }
        var waited = 0
        while true {
            let result = casa_node_lock(descriptor.rawValue)
            if result == 0 { return }
            guard result == -EWOULDBLOCK else {
                throw .systemCall(SystemCallFailure("flock", "`\(path)`", result: result))
            }
            guard waited < milliseconds else { throw .busy(path: path) }
            casa_node_sleep(20)
            waited += 20
        }
    }
}
