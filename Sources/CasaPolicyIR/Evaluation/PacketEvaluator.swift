/// The meaning of a packet: what `cgroup_skb` has to answer, in both directions; and of a call, before it is packets.
///
/// Stateless but for UDP replies: every packet of a flow asks anew, so a revoked rule stops live flows at once.
package struct PacketEvaluator: Sendable {
    private let evaluator: Evaluator
    private let book: AddressBook
    /// The blocks that some rule speaks of: whoever is in one of them is known.
    private let blocks: [CIDRBlock]

    package init(_ policy: NamespacePolicy, book: AddressBook) {
        evaluator = Evaluator(policy)
        self.book = book
        blocks = policy.peers.compactMap { if case .block(let block) = $0 { block } else { nil } }
    }

    /// What the kernel is to do with a packet, and the decision that says so.
    package struct Verdict: Hashable, Sendable {
        package let passes: Bool
        package let decision: Decision
        package let refusal: Refusal?
    }

    /// The state of the socket a packet belongs to, as far as it matters.
    package struct Socket: Hashable, Sendable {
        /// The address and port a connected UDP socket is bound to talk with.
        package var remote: Endpoint?
        /// The last eight an unconnected socket sent to.
        package var recentPeers: [Endpoint]

        package init(remote: Endpoint? = nil, recentPeers: [Endpoint] = []) {
            self.remote = remote
            self.recentPeers = recentPeers
        }
    }

    package struct Endpoint: Hashable, Sendable {
        package let address: IPAddress
        package let port: UInt16

        package init(address: IPAddress, port: UInt16) {
            self.address = address
            self.port = port
        }
    }

    package func judge(
        _ packet: [UInt8], subject: WorkloadID?, direction: Direction, onLoopback: Bool = false,
        socket: Socket = Socket()
    ) -> Verdict {
        guard subject != nil else { return refused(.nobody) }
        if onLoopback {
            return verdict(ask(subject, direction, .loopback, .any, 0), known: true)
        }
        switch PacketHeader.parse(packet) {
        case .failure(let refusal): return refused(refusal)
        case .success(let header):
            return judge(header, subject: subject, direction: direction, socket: socket)
        }
    }

    /// What connect and sendmsg are to answer a socket.
    ///
    /// The transport is `nil` for sockets of neither TCP nor UDP, the local port for those that have none yet.
    package func judge(
        callTo destination: Endpoint, over transport: Transport?, from localPort: UInt16?,
        subject: WorkloadID?
    ) -> Verdict {
        guard subject != nil else { return refused(.nobody) }
        guard let transport else { return refused(.unsupportedProtocol) }
        if destination.address.meansLoopback {
            return verdict(ask(subject, .egress, .loopback, .any, 0), known: true)
        }
        let peer = book.peer(at: destination.address)
        let own = ask(subject, .egress, peer, transport, destination.port)
        // A datagram from a served port to one who may call it is its reply.
        if !own.passes, transport == .udp, let localPort {
            let other = ask(subject, .ingress, peer, .udp, localPort)
            if other.passes { return verdict(other, known: true) }
        }
        return verdict(own, known: isKnown(peer))
    }

    private func judge(
        _ header: PacketHeader, subject: WorkloadID?, direction: Direction, socket: Socket
    ) -> Verdict {
        let address = direction == .egress ? header.destination : header.source
        let remotePort = direction == .egress ? header.destinationPort : header.sourcePort
        let localPort = direction == .egress ? header.sourcePort : header.destinationPort
        let peer = book.peer(at: address)
        let outward = ask(subject, .egress, peer, header.transport, remotePort)
        let inward = ask(subject, .ingress, peer, header.transport, localPort)
        let (own, other) = direction == .egress ? (outward, inward) : (inward, outward)
        let known = isKnown(peer)

        if own.passes || header.opensFlow { return verdict(own, known: known) }
        guard other.passes else { return verdict(own, known: known) }
        if header.transport == .udp, direction == .ingress {
            let asked = Endpoint(address: address, port: remotePort)
            guard socket.remote == asked || (socket.remote == nil && socket.recentPeers.contains(asked))
            else {
                return Verdict(passes: false, decision: own, refusal: .unsolicited)
            }
        }
        return verdict(other, known: known)
    }

    private func ask(
        _ subject: WorkloadID?, _ direction: Direction, _ peer: Peer, _ transport: Transport, _ port: UInt16
    ) -> Decision {
        evaluator.decide(
            Question(subject: subject, direction: direction, peer: peer, transport: transport, port: port))
    }

    private func isKnown(_ peer: Peer) -> Bool {
        !peer.classes.isEmpty || blocks.contains { block in peer.address.map(block.contains) ?? false }
    }

    private func verdict(_ decision: Decision, known: Bool) -> Verdict {
        if decision.passes { return Verdict(passes: true, decision: decision, refusal: nil) }
        let reason: Refusal = decision.effect != nil ? .rule : known ? .noRule : .unknownPeer
        return Verdict(passes: false, decision: decision, refusal: reason)
    }

    private func refused(_ refusal: Refusal) -> Verdict {
        Verdict(passes: false, decision: .byDefault, refusal: refusal)
    }
}
