internal import CLibBPF
internal import CasaBPF

/// The attachment of a program to a hook of a cgroup; it lasts while this value or a pin holds it.
final class KernelLink: Sendable {
    let descriptor: Descriptor

    /// What the kernel says a link is, now.
    struct Information: Hashable, Sendable {
        let program: UInt32
        /// 0 when the cgroup is gone.
        let cgroup: UInt64
        let attachType: UInt32
        let isCgroupLink: Bool
    }

    init(
        attaching program: KernelProgram, to cgroup: borrowing Descriptor, at hook: BPFProgramKind,
        _ subject: String
    ) throws(SystemCallFailure) {
        // Links of cgroups always allow others beside them, and none can undo what another refuses.
        let result = bpf_link_create(
            program.descriptor.rawValue, cgroup.rawValue, bpf_attach_type(hook.attachType), nil)
        descriptor = try Descriptor(owning: result, "BPF_LINK_CREATE", "\(hook.pinName) at `\(subject)`")
    }

    init(pinnedAt path: String) throws(SystemCallFailure) {
        descriptor = try Descriptor(owning: bpf_obj_get(path), "BPF_OBJ_GET", "`\(path)`")
    }

    /// Replaces the program in one step: each packet meets the old one or the new one.
    func update(to program: KernelProgram, _ subject: String) throws(SystemCallFailure) {
        let result = bpf_link_update(descriptor.rawValue, program.descriptor.rawValue, nil)
        guard result == 0 else { throw SystemCallFailure("BPF_LINK_UPDATE", subject, result: result) }
    }

    /// Ends the attachment whoever holds the link; before Linux 5.9 it ends with the last pin and descriptor.
    func detach() {
        _ = bpf_link_detach(descriptor.rawValue)
    }

    func information(_ subject: String) throws(SystemCallFailure) -> Information {
        var information = bpf_link_info()
        var length = UInt32(MemoryLayout<bpf_link_info>.size)
        let result = bpf_obj_get_info_by_fd(descriptor.rawValue, &information, &length)
        guard result == 0 else { throw SystemCallFailure("BPF_OBJ_GET_INFO_BY_FD", subject, result: result) }
        let isCgroupLink = information.type == BPF_LINK_TYPE_CGROUP.rawValue
        return Information(
            program: information.prog_id, cgroup: isCgroupLink ? information.cgroup.cgroup_id : 0,
            attachType: isCgroupLink ? information.cgroup.attach_type : 0, isCgroupLink: isCgroupLink)
    }
}

extension BPFProgramKind {
    /// The hook in the names of pins and for people; the file system of pins allows no dots.
    package var pinName: String {
        switch self {
        case .connect4: "connect4"
        case .connect6: "connect6"
        case .sendmsg4: "sendmsg4"
        case .sendmsg6: "sendmsg6"
        case .egress: "egress"
        case .ingress: "ingress"
        case .socketCreate: "sock_create"
        }
    }

    /// The program of the template for this hook.
    var programName: String { "casa_\(pinName)" }
}
