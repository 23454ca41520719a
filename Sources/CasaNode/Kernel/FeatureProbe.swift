internal import CLibBPF
internal import CasaBPF
internal import Glibc

/// Asks the kernel what it can do, by doing it.
enum FeatureProbe {
    /// What is missing of what can be asked without an object, in a fixed order.
    static func missing() throws(SystemCallFailure) -> [KernelFeature] {
        var missing: [KernelFeature] = []
        if !hasCgroupLinks { missing.append(.cgroupLinks) }
        if try !hasRingBuffer() { missing.append(.ringBuffer) }
        if try !hasFrozenMaps() { missing.append(.frozenMaps) }
        for hook in BPFProgramKind.allCases where try !has(hook) { missing.append(.hook(hook.rawValue)) }
        return missing
    }

    /// The feature that an object's map or types stand for, where the kernel does not know them.
    static func feature(missingFor failure: SystemCallFailure, map type: UInt32?) -> KernelFeature? {
        guard failure.number == EINVAL else { return nil }
        switch failure.call {
        case "BPF_BTF_LOAD": return .typeInformation
        case "BPF_MAP_FREEZE": return .frozenMaps
        case "BPF_MAP_CREATE" where type == UInt32(BPF_MAP_TYPE_SK_STORAGE.rawValue): return .socketStorage
        case "BPF_MAP_CREATE" where type == UInt32(BPF_MAP_TYPE_RINGBUF.rawValue): return .ringBuffer
        default: return nil
        }
    }

    /// Tried without descriptors: a kernel that knows the command complains of them, another of the command.
    private static var hasCgroupLinks: Bool {
        bpf_link_create(-1, -1, BPF_CGROUP_INET_EGRESS, nil) == -EBADF
            && bpf_link_update(-1, -1, nil) == -EBADF
    }

    private static func hasRingBuffer() throws(SystemCallFailure) -> Bool {
        try known { () throws(SystemCallFailure) in
            let shape = MapShape(
                type: UInt32(BPF_MAP_TYPE_RINGBUF.rawValue), keyBytes: 0, valueBytes: 0,
                entries: UInt32(getpagesize()), flags: 0)
            _ = try KernelMap(creating: "casa_probe", shape, types: nil)
        }
    }

    private static func hasFrozenMaps() throws(SystemCallFailure) -> Bool {
        try known { () throws(SystemCallFailure) in
            let map = try KernelMap(creating: "casa_probe", .frozen(bytes: 8), types: nil)
            try map.freeze()
        }
    }

    /// The shortest program of a kind: `r0 = 1; exit`.
    private static func has(_ hook: BPFProgramKind) throws(SystemCallFailure) -> Bool {
        let code = EncodedInstruction.bytes(of: Encoder.encode([.arithmetic(.move, .bits64, .r0, 1), .exit]))
        return try known { () throws(SystemCallFailure) in
            let result = code.withUnsafeBytes { instructions in
                var options = bpf_prog_load_opts()
                options.sz = MemoryLayout<bpf_prog_load_opts>.size
                options.expected_attach_type = bpf_attach_type(hook.attachType)
                return bpf_prog_load(
                    bpf_prog_type(hook.programType), "casa_probe", "GPL",
                    instructions.assumingMemoryBound(to: bpf_insn.self).baseAddress, instructions.count / 8,
                    &options)
            }
            _ = try Descriptor(owning: result, "BPF_PROG_LOAD", hook.rawValue)
        }
    }

    /// Whether the kernel knows what is tried; failures of another kind are thrown on.
    private static func known(_ attempt: () throws(SystemCallFailure) -> Void) throws(SystemCallFailure)
        -> Bool
    {
        do {
            try attempt()
            return true
        } catch {
            if error.number == EINVAL { return false }
            throw error
        }
    }
}
