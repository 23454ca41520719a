package import CasaBPF
package import CasaPolicyIR

/// A socket as programs see it (`struct bpf_sock`), in the interpreter's memory.
package struct ModelledSocket {
    private static let byteCount = 80
    private static let localPort: UInt64 = 44
    private static let remotePort: UInt64 = 48
    private static let remote4: UInt64 = 52
    private static let remote6: UInt64 = 56
    private static let state: UInt64 = 72

    package static let established: UInt64 = 1
    package static let closed: UInt64 = 7

    package let address: UInt64
    private let memory: ConcreteMemory

    package init(in memory: ConcreteMemory) {
        self.memory = memory
        address = memory.allocate(Self.byteCount)
    }

    /// An unconnected socket, or one that talks with a peer only.
    package func set(localPort: UInt16 = 0, remote: PacketEvaluator.Endpoint? = nil) throws {
        try memory.write([UInt8](repeating: 0, count: Self.byteCount), at: address)
        try memory.store(.word, UInt64(localPort), at: address + Self.localPort)
        try memory.store(.word, remote == nil ? Self.closed : Self.established, at: address + Self.state)
        guard let remote else { return }
        try memory.store(.half, UInt64(remote.port.byteSwapped), at: address + Self.remotePort)
        let bytes = remote.address.networkBytes
        try memory.write(bytes, at: address + (bytes.count == 4 ? Self.remote4 : Self.remote6))
    }
}
