/// One thing a policy can be asked: whether a subject may open a flow.
package struct Question: Hashable, Sendable {
    /// `nil` is nobody, who may do nothing.
    package let subject: WorkloadID?
    package let direction: Direction
    package let peer: Peer
    package let transport: Transport
    package let port: UInt16

    package init(subject: WorkloadID?, direction: Direction, peer: Peer, transport: Transport, port: UInt16) {
        self.subject = subject
        self.direction = direction
        self.peer = peer
        self.transport = transport
        self.port = port
    }
}

/// The other side of a flow: what is known of its address.
package struct Peer: Hashable, Sendable {
    package let address: IPAddress?
    /// The learned classes of the address; blocks need not be named, the address itself is asked.
    package let classes: Set<PeerClass>

    package init(address: IPAddress?, classes: Set<PeerClass>) {
        self.address = address
        self.classes = classes
    }

    /// The device `lo`, whatever the addresses on it.
    package static let loopback = Peer(address: nil, classes: [.loopback])

    func belongs(to peer: PeerClass) -> Bool {
        if case .block(let block) = peer { return address.map(block.contains) ?? false }
        return classes.contains(peer)
    }
}

/// What a policy says to a question.
package struct Decision: Hashable, Sendable {
    /// `nil` is the default: denied, because no rule speaks of it.
    package let effect: Effect?
    /// The rule that decided: the first in canonical order among the strongest.
    package let rule: Int?

    package init(effect: Effect?, rule: Int?) {
        self.effect = effect
        self.rule = rule
    }

    package static let byDefault = Decision(effect: nil, rule: nil)

    package var passes: Bool { effect?.passes ?? false }

    /// The decision as one word, in which a stronger decision is a greater number, so that joining the
    /// decisions about several classes is taking the maximum (`spec/ir.md`).
    package var word: UInt32 {
        guard let effect, let rule else { return 0 }
        return UInt32(effect.rawValue) << 24 | (DecisionWord.ruleMask - UInt32(rule))
    }

    package init(word: UInt32) {
        effect = Effect(rawValue: UInt8(word >> 24))
        rule = effect == nil ? nil : Int(DecisionWord.ruleMask - word & DecisionWord.ruleMask)
    }
}

/// The layout of a decision word.
package enum DecisionWord {
    package static let ruleMask: UInt32 = 0xFF_FFFF
    /// Rule numbers are below this.
    package static let ruleLimit = 1 << 20
}
