internal import CLibBPF

/// BTF that the kernel has taken.
final class KernelTypes: Sendable {
    let descriptor: Descriptor

    init(loading bytes: [UInt8]) throws(SystemCallFailure) {
        var options = bpf_btf_load_opts()
        options.sz = MemoryLayout<bpf_btf_load_opts>.size
        let result = bpf_btf_load(bytes, bytes.count, &options)
        descriptor = try Descriptor(owning: result, "BPF_BTF_LOAD", "the object's types")
    }
}
