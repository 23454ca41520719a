internal import CLibBPF
internal import CSystemShims

/// Names in the BPF file system: what has one outlives its process.
enum KernelPin {
    static func pin(_ descriptor: borrowing Descriptor, at path: String) throws(SystemCallFailure) {
        let result = bpf_obj_pin(descriptor.rawValue, path)
        guard result == 0 else { throw SystemCallFailure("BPF_OBJ_PIN", "`\(path)`", result: result) }
    }

    /// Gives a name to another object, with no moment without one.
    static func replace(_ descriptor: borrowing Descriptor, at path: String) throws(SystemCallFailure) {
        let fresh = path + "_next"
        // What a killed loader left under the passing name was never in force under the lasting one.
        _ = casa_node_unlink(fresh)
        try pin(descriptor, at: fresh)
        let result = casa_node_rename(fresh, path)
        guard result == 0 else {
            _ = casa_node_unlink(fresh)
            throw SystemCallFailure("rename", "`\(path)`", result: result)
        }
    }

    static func remove(_ path: String) throws(SystemCallFailure) {
        let result = casa_node_unlink(path)
        guard result == 0 else { throw SystemCallFailure("unlink", "`\(path)`", result: result) }
    }
}
