internal import CasaBPF
internal import CasaSMT

/// The three kinds of context that a program may get, as the kernel lays them out (`include/uapi/linux/bpf.h`).
enum HookKind {
    /// `struct __sk_buff`
    case packet
    /// `struct bpf_sock_addr`
    case call
    /// `struct bpf_sock`
    case socket

    init(_ kind: BPFProgramKind) {
        switch kind {
        case .egress, .ingress: self = .packet
        case .connect4, .connect6, .sendmsg4, .sendmsg6: self = .call
        case .socketCreate: self = .socket
        }
    }

    /// The name of the context's region; its bytes are known by it.
    var name: String {
        switch self {
        case .packet: "__sk_buff"
        case .call: "bpf_sock_addr"
        case .socket: "bpf_sock"
        }
    }

    var byteCount: Int {
        switch self {
        case .packet: 192
        case .call: 72
        case .socket: 80
        }
    }

    /// Where the context points to the socket.
    private var socketField: Int? {
        switch self {
        case .packet: 168
        case .call: 64
        case .socket: nil
        }
    }

    /// A context whose bytes are unknowns, but for the pointer to the socket; a packet may have none.
    func context(pointingTo socket: UInt64, in arena: TermArena) -> SymbolicRegion {
        var bytes: [BitVector?] = (0..<byteCount).map { field($0, 1, in: arena) }
        if let start = socketField {
            let address = arena.constant(socket, width: 64)
            let pointer =
                self == .packet
                ? Unknowns.hasSocket(in: arena).select(address, else: address.constant(0)) : address
            bytes.replaceSubrange(start..<start + 8, with: pointer.bytes)
        }
        return SymbolicRegion(name: name, content: .bytes(bytes, isWritable: false))
    }

    /// A field of the context, little-endian.
    func field(_ offset: Int, _ count: Int, in arena: TermArena) -> BitVector {
        var result = arena.variable("\(name) \(offset)", width: 8)
        for index in 1..<max(count, 1) {
            result = arena.variable("\(name) \(offset + index)", width: 8).concatenated(withLow: result)
        }
        return result
    }
}
