internal import CasaSMT

/// Whether a packet passes, as a term: `PacketEvaluator` for all packets, sockets, tables and policies at once.
struct PacketMeaning {
    private let world: SymbolicWorld
    private let isEgress: Bool
    /// What the packet's first byte says, or nothing that is known.
    private let version: HeaderMeaning.Version?

    private static let loopbackInterface = 1
    private static let established = 1

    init(isEgress: Bool, version: HeaderMeaning.Version?, _ world: SymbolicWorld) {
        self.isEgress = isEgress
        self.version = version
        self.world = world
    }

    var passes: Boolean {
        let arena = world.arena
        let subject = Unknowns.subject(in: arena)
        let interface = HookKind.packet.field(40, 4, in: arena)
        let isLoopback = interface.equals(interface.constant(Self.loopbackInterface))
        let onLoopback = PeerMeaning.passes(world.loopbackWord(direction: isEgress ? 0 : 1))
        return !subject.equals(subject.constant(0)) && isLoopback.select(onLoopback, else: passesOnTheWire)
    }

    private var passesOnTheWire: Boolean {
        guard let version else { return world.arena.boolean(false) }
        let header = HeaderMeaning(version, world)
        let remotePort = isEgress ? header.destinationPort : header.sourcePort
        let localPort = isEgress ? header.sourcePort : header.destinationPort
        let (peer, wire) = peer(of: header)
        func passes(_ direction: UInt64, _ port: BitVector) -> Boolean {
            PeerMeaning.passes(
                peer.answer(
                    to: world.question(
                        direction: direction, protocolNumber: header.protocolNumber, port: port)))
        }
        let outward = passes(0, remotePort)
        let inward = passes(1, localPort)
        let (own, other) = isEgress ? (outward, inward) : (inward, outward)
        var isReply = !header.opensFlow && other
        if !isEgress { isReply = isReply && (!header.isUDP || isSolicited(wire, remotePort, version)) }
        return header.isReadable && (own || isReply)
    }

    /// The other end, and its address as it stands on the wire, IPv4 in the first four bytes.
    private func peer(of header: HeaderMeaning) -> (peer: PeerMeaning, wire: BitVector) {
        switch header.version {
        case .ipv4:
            let address = header.address4(at: isEgress ? 16 : 12)
            return (
                PeerMeaning(address4: address, world), address.reversedBytes().zeroExtended(to: 128)
            )
        case .ipv6:
            let (high, low) = header.address6(at: isEgress ? 24 : 8)
            return (
                PeerMeaning(high: high, low: low, world),
                low.reversedBytes().concatenated(withLow: high.reversedBytes())
            )
        }
    }

    /// Whether the socket asked: it is connected to the peer, or is not connected and sent to it lately.
    private func isSolicited(
        _ address: BitVector, _ port: BitVector, _ version: HeaderMeaning.Version
    ) -> Boolean {
        let arena = world.arena
        func field(_ offset: UInt64, _ count: Int) -> BitVector {
            world.content(ofRegion: "socket", at: world.constant(offset), count: count)
        }
        let state = field(72, 4)
        let isConnected = state.equals(state.constant(Self.established))
        let isRemoteAddress =
            switch version {
            case .ipv4: field(52, 4).equals(address.truncated(to: 32))
            case .ipv6: field(56, 16).equals(address)
            }
        let isRemote = field(48, 2).reversedBytes().equals(port) && isRemoteAddress
        let family = port.constant(version.rawValue)
        var wasAsked = arena.boolean(false)
        for index in 0..<SocketPeers.count {
            let entry = SocketPeers.entry(index, in: arena)
            wasAsked =
                wasAsked
                || entry.address.equals(address) && entry.port.equals(port) && entry.family.equals(family)
        }
        return Unknowns.hasSocket(in: arena) && Unknowns.isFullSocket(in: arena)
            && isConnected.select(isRemote, else: SocketPeers.isThere(in: arena) && wasAsked)
    }
}
