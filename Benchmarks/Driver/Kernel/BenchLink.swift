internal import CLibBPF
internal import CasaBPF

/// A program at a hook of a cgroup.
final class BenchLink {
    private let handle: KernelHandle

    init(_ program: BenchProgram, at hook: BPFProgramKind, of cgroup: KernelHandle) throws {
        handle = try KernelHandle(
            bpf_link_create(program.handle.rawValue, cgroup.rawValue, bpf_attach_type(hook.attachType), nil),
            "attaching to \(hook.rawValue)")
    }

    func update(to program: BenchProgram) throws {
        let result = bpf_link_update(handle.rawValue, program.handle.rawValue, nil)
        guard result == 0 else { throw BenchFailure("a link takes no other program (\(result))") }
    }
}
