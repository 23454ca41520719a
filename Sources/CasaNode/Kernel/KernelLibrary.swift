internal import CLibBPF

/// libbpf as a whole.
enum KernelLibrary {
    /// Libraries do not print: libbpf's messages would go to standard error beside the typed errors.
    static let silence: Void = {
        _ = libbpf_set_print(nil)
    }()
}
