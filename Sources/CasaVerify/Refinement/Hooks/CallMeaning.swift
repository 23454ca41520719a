internal import CasaSMT

/// Whether connect and sendmsg may go on, as a term: `PacketEvaluator.judge(callTo:)` for all calls at once.
struct CallMeaning {
    private let world: SymbolicWorld
    private let address: Address

    /// How the destination is given; an IPv4 address may be mapped into an IPv6 one.
    enum Address {
        case ipv4, mapped, ipv6
    }

    init(to address: Address, _ world: SymbolicWorld) {
        self.address = address
        self.world = world
    }

    private func field(_ offset: Int, _ count: Int) -> BitVector {
        HookKind.call.field(offset, count, in: world.arena)
    }

    var passes: Boolean {
        let subject = Unknowns.subject(in: world.arena)
        return !subject.equals(subject.constant(0)) && (isTCP || isUDP) && passesToAddress
    }

    private func isSocket(type: Int, protocolNumber: Int) -> Boolean {
        let (given, spoken) = (field(32, 4), field(36, 4))
        return given.equals(given.constant(type)) && spoken.equals(spoken.constant(protocolNumber))
    }

    private var isTCP: Boolean { isSocket(type: 1, protocolNumber: HeaderMeaning.tcp) }
    private var isUDP: Boolean { isSocket(type: 2, protocolNumber: HeaderMeaning.udp) }

    /// ::ffff:a.b.c.d leaves as an IPv4 packet, and is judged as one.
    private var passesToAddress: Boolean {
        switch address {
        case .ipv4: return passes(toIPv4: field(4, 4).reversedBytes())
        case .mapped: return passes(toIPv4: field(20, 4).reversedBytes())
        case .ipv6:
            let high = field(8, 8).reversedBytes()
            let low = field(16, 8).reversedBytes()
            let isLoopback = high.equals(high.constant(0)) && low.isAtMost(low.constant(1))
            return passes(toLoopback: isLoopback, PeerMeaning(high: high, low: low, world))
        }
    }

    private func passes(toIPv4 address: BitVector) -> Boolean {
        let net = address[24..<32]
        let isLoopback = net.equals(net.constant(127)) || address.equals(address.constant(0))
        return passes(toLoopback: isLoopback, PeerMeaning(address4: address, world))
    }

    private func passes(toLoopback isLoopback: Boolean, _ peer: PeerMeaning) -> Boolean {
        let port = field(24, 2).reversedBytes()
        // `bpf_sock.src_port`, in host order; none is 0.
        let localPort = world.content(ofRegion: "socket", at: world.constant(44), count: 2)
        let arena = world.arena
        let (tcp, udp) = (
            arena.constant(HeaderMeaning.tcp, width: 8), arena.constant(HeaderMeaning.udp, width: 8)
        )
        let type = field(32, 4)
        let spoken = type.equals(type.constant(2)).select(udp, else: tcp)
        let own = PeerMeaning.passes(
            peer.answer(to: world.question(direction: 0, protocolNumber: spoken, port: port)))
        // A datagram from a served port to one who may call it is its reply.
        let reply = PeerMeaning.passes(
            peer.answer(to: world.question(direction: 1, protocolNumber: udp, port: localPort)))
        let isReply = isUDP && !localPort.equals(localPort.constant(0)) && reply
        return isLoopback.select(
            PeerMeaning.passes(world.loopbackWord(direction: 0)), else: own || isReply)
    }
}
