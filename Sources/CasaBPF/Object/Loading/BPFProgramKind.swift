internal import CLibBPF

/// The hooks that CASA attaches to.
package enum BPFProgramKind: String, CaseIterable, Hashable, Sendable {
    case connect4 = "cgroup/connect4"
    case connect6 = "cgroup/connect6"
    case sendmsg4 = "cgroup/sendmsg4"
    case sendmsg6 = "cgroup/sendmsg6"
    case egress = "cgroup_skb/egress"
    case ingress = "cgroup_skb/ingress"
    case socketCreate = "cgroup/sock_create"

    /// The name of the section that holds programs for this hook.
    package var section: String { rawValue }

    /// The kernel's number (`enum bpf_prog_type`) for such a program.
    package var programType: UInt32 {
        switch self {
        case .connect4, .connect6, .sendmsg4, .sendmsg6: UInt32(BPF_PROG_TYPE_CGROUP_SOCK_ADDR.rawValue)
        case .egress, .ingress: UInt32(BPF_PROG_TYPE_CGROUP_SKB.rawValue)
        case .socketCreate: UInt32(BPF_PROG_TYPE_CGROUP_SOCK.rawValue)
        }
    }

    /// The kernel's number (`enum bpf_attach_type`) of this hook, given at load and at attachment.
    package var attachType: UInt32 {
        switch self {
        case .connect4: UInt32(BPF_CGROUP_INET4_CONNECT.rawValue)
        case .connect6: UInt32(BPF_CGROUP_INET6_CONNECT.rawValue)
        case .sendmsg4: UInt32(BPF_CGROUP_UDP4_SENDMSG.rawValue)
        case .sendmsg6: UInt32(BPF_CGROUP_UDP6_SENDMSG.rawValue)
        case .egress: UInt32(BPF_CGROUP_INET_EGRESS.rawValue)
        case .ingress: UInt32(BPF_CGROUP_INET_INGRESS.rawValue)
        case .socketCreate: UInt32(BPF_CGROUP_INET_SOCK_CREATE.rawValue)
        }
    }
}
