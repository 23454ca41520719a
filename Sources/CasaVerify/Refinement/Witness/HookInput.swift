internal import CasaBPF
package import CasaPolicyIR

/// What a program is given: a packet or a call, with the socket it belongs to.
package struct HookInput: Hashable, Sendable {
    /// As in `casa_egress`.
    package let program: String
    /// From the IP header on; empty for a call or a socket.
    package var packet: [UInt8] = []
    /// The bytes of `struct __sk_buff`, `struct bpf_sock_addr` or `struct bpf_sock`.
    package var context: [UInt8]
    /// Where the context has the address of the socket; `nil` where it is the socket.
    package let socketField: Int?
    /// The bytes of `struct bpf_sock`.
    package var socket = [UInt8](repeating: 0, count: ReplaySocket.byteCount)
    package var isNewSocket = true

    /// A packet of an unconnected socket.
    package init(_ packet: WitnessPacket) {
        self.init(
            packet.bytes, direction: packet.direction, interface: packet.onLoopback ? 1 : 2)
    }

    package init(_ packet: [UInt8], direction: Direction, interface: UInt32) {
        program = direction == .egress ? "casa_egress" : "casa_ingress"
        self.packet = packet
        context = [UInt8](repeating: 0, count: 192)
        socketField = 168
        set(UInt32(packet.count), at: 0)
        set(interface, at: 40)
        setSocket(Self.closed, at: 72)
    }

    /// A connect or a sendmsg to an address, given as the IPv4 or IPv6 form of it, by a socket of this type.
    package init(
        call program: String, to address: IPAddress, port: UInt16, type: UInt32, protocolNumber: UInt32,
        localPort: UInt16
    ) {
        self.program = program
        context = [UInt8](repeating: 0, count: 72)
        socketField = 64
        let bytes = address.networkBytes
        if program.hasSuffix("4") {
            context.replaceSubrange(4..<8, with: bytes.suffix(4))
        } else {
            let mapped = bytes.count == 4 ? [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] + bytes : bytes
            context.replaceSubrange(8..<24, with: mapped)
        }
        set(UInt32(port.byteSwapped), at: 24)
        set(program.hasSuffix("4") ? 2 : 10, at: 28)
        set(type, at: 32)
        set(protocolNumber, at: 36)
        setSocket(UInt32(localPort), at: 44)
    }

    /// A new socket of this family, type and protocol.
    package init(socketOf family: UInt32, type: UInt32, protocolNumber: UInt32) {
        program = "casa_sock_create"
        context = [UInt8](repeating: 0, count: ReplaySocket.byteCount)
        socketField = nil
        set(family, at: 4)
        set(type, at: 8)
        set(protocolNumber, at: 12)
    }

    /// Connects the socket to a peer.
    package mutating func connect(to address: IPAddress, port: UInt16) {
        setSocket(UInt32(port.byteSwapped), at: 48)
        setSocket(Self.established, at: 72)
        let bytes = address.networkBytes
        let start = bytes.count == 4 ? 52 : 56
        socket.replaceSubrange(start..<start + bytes.count, with: bytes)
    }

    /// Puts context, socket and packet before a program, and answers the address of the context.
    func place(in kernel: ReplayKernel) throws(ReplayFailure) -> UInt64 {
        let address = kernel.memory.allocate(context.count)
        do {
            try place(in: kernel, at: address)
        } catch {
            throw .unreadable("\(error)")
        }
        return address
    }

    func place(in kernel: ReplayKernel, at address: UInt64) throws(Trap) {
        kernel.packet = packet
        try kernel.memory.write(context, at: address)
        guard let socketField else { return }
        try kernel.memory.write(socket, at: kernel.socket)
        try kernel.memory.store(.double, kernel.socket, at: address + UInt64(socketField))
    }

    private static let established: UInt32 = 1
    private static let closed: UInt32 = 7

    private mutating func set(_ value: UInt32, at offset: Int) {
        context.replaceSubrange(offset..<offset + 4, with: ObjectReplay.bytes(value))
    }

    private mutating func setSocket(_ value: UInt32, at offset: Int) {
        socket.replaceSubrange(offset..<offset + 4, with: ObjectReplay.bytes(value))
    }
}
