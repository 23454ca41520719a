internal import CSystemShims

/// An open file, closed when this value goes.
struct Descriptor: ~Copyable, Sendable {
    let rawValue: Int32

    /// Takes over a descriptor, or the error number in its place.
    init(owning result: Int32, _ call: String, _ subject: String) throws(SystemCallFailure) {
        guard result >= 0 else { throw SystemCallFailure(call, subject, result: result) }
        rawValue = result
    }

    deinit { casa_node_close(rawValue) }
}
