/// A helper of the kernel that programs for sockets and cgroups call, by its stable number.
///
/// Names are the kernel's (`bpf_map_lookup_elem`), so that a listing can be compared with its own.
package enum KernelHelper: Int32, CaseIterable, Hashable, Sendable {
    case mapLookupElem = 1
    case mapUpdateElem = 2
    case mapDeleteElem = 3
    case ktimeGetNs = 5
    case tracePrintk = 6
    case getPrandomU32 = 7
    case getSmpProcessorId = 8
    case tailCall = 12
    case getCurrentPidTgid = 14
    case getCurrentUidGid = 15
    case getCurrentComm = 16
    case skbLoadBytes = 26
    case skbPullData = 39
    case getSocketCookie = 46
    case getSocketUid = 47
    case setsockopt = 49
    case getsockopt = 57
    case skbLoadBytesRelative = 68
    case skbCgroupId = 79
    case getCurrentCgroupId = 80
    case getLocalStorage = 81
    case skbAncestorCgroupId = 83
    case skLookupTcp = 84
    case skLookupUdp = 85
    case skRelease = 86
    case spinLock = 93
    case spinUnlock = 94
    case skFullsock = 95
    case tcpSock = 96
    case getListenerSock = 98
    case skStorageGet = 107
    case skStorageDelete = 108
    case getNetnsCookie = 122
    case getCurrentAncestorCgroupId = 123
    case ktimeGetBootNs = 125
    case skCgroupId = 128
    case skAncestorCgroupId = 129
    case ringbufOutput = 130
    case ringbufReserve = 131
    case ringbufSubmit = 132
    case ringbufDiscard = 133
    case ringbufQuery = 134
    case ktimeGetCoarseNs = 160
    case loop = 181
    case ktimeGetTaiNs = 208

    package var symbol: String { signature.symbol }

    /// How many of `r1` to `r5` it reads; the least number where it takes a varying one.
    package var argumentCount: Int { signature.argumentCount }

    private var signature: (symbol: String, argumentCount: Int) {
        switch self {
        case .mapLookupElem: ("bpf_map_lookup_elem", 2)
        case .mapUpdateElem: ("bpf_map_update_elem", 4)
        case .mapDeleteElem: ("bpf_map_delete_elem", 2)
        case .ktimeGetNs: ("bpf_ktime_get_ns", 0)
        case .tracePrintk: ("bpf_trace_printk", 2)
        case .getPrandomU32: ("bpf_get_prandom_u32", 0)
        case .getSmpProcessorId: ("bpf_get_smp_processor_id", 0)
        case .tailCall: ("bpf_tail_call", 3)
        case .getCurrentPidTgid: ("bpf_get_current_pid_tgid", 0)
        case .getCurrentUidGid: ("bpf_get_current_uid_gid", 0)
        case .getCurrentComm: ("bpf_get_current_comm", 2)
        case .skbLoadBytes: ("bpf_skb_load_bytes", 4)
        case .skbPullData: ("bpf_skb_pull_data", 2)
        case .getSocketCookie: ("bpf_get_socket_cookie", 1)
        case .getSocketUid: ("bpf_get_socket_uid", 1)
        case .setsockopt: ("bpf_setsockopt", 5)
        case .getsockopt: ("bpf_getsockopt", 5)
        case .skbLoadBytesRelative: ("bpf_skb_load_bytes_relative", 5)
        case .skbCgroupId: ("bpf_skb_cgroup_id", 1)
        case .getCurrentCgroupId: ("bpf_get_current_cgroup_id", 0)
        case .getLocalStorage: ("bpf_get_local_storage", 2)
        case .skbAncestorCgroupId: ("bpf_skb_ancestor_cgroup_id", 2)
        case .skLookupTcp: ("bpf_sk_lookup_tcp", 5)
        case .skLookupUdp: ("bpf_sk_lookup_udp", 5)
        case .skRelease: ("bpf_sk_release", 1)
        case .spinLock: ("bpf_spin_lock", 1)
        case .spinUnlock: ("bpf_spin_unlock", 1)
        case .skFullsock: ("bpf_sk_fullsock", 1)
        case .tcpSock: ("bpf_tcp_sock", 1)
        case .getListenerSock: ("bpf_get_listener_sock", 1)
        case .skStorageGet: ("bpf_sk_storage_get", 4)
        case .skStorageDelete: ("bpf_sk_storage_delete", 2)
        case .getNetnsCookie: ("bpf_get_netns_cookie", 1)
        case .getCurrentAncestorCgroupId: ("bpf_get_current_ancestor_cgroup_id", 1)
        case .ktimeGetBootNs: ("bpf_ktime_get_boot_ns", 0)
        case .skCgroupId: ("bpf_sk_cgroup_id", 1)
        case .skAncestorCgroupId: ("bpf_sk_ancestor_cgroup_id", 2)
        case .ringbufOutput: ("bpf_ringbuf_output", 4)
        case .ringbufReserve: ("bpf_ringbuf_reserve", 3)
        case .ringbufSubmit: ("bpf_ringbuf_submit", 2)
        case .ringbufDiscard: ("bpf_ringbuf_discard", 2)
        case .ringbufQuery: ("bpf_ringbuf_query", 2)
        case .ktimeGetCoarseNs: ("bpf_ktime_get_coarse_ns", 0)
        case .loop: ("bpf_loop", 4)
        case .ktimeGetTaiNs: ("bpf_ktime_get_tai_ns", 0)
        }
    }
}
