package import CasaDiagnostics

/// Which way a flow is opened, seen from the subject.
package enum Direction: String, Hashable, Sendable, CaseIterable {
    case egress, ingress

    /// The bit that stands for it in a question to the kernel's decision function.
    package var number: UInt8 { self == .egress ? 0 : 1 }
}

/// The transport a rule speaks of.
package enum Transport: String, Hashable, Sendable, CaseIterable {
    case tcp = "TCP"
    case udp = "UDP"
    /// Whatever the protocol and port: only the loopback class is asked so.
    case any = "any"

    /// The IP protocol number; 0 for ``any``.
    package var number: UInt8 {
        switch self {
        case .tcp: 6
        case .udp: 17
        case .any: 0
        }
    }
}

/// What a rule says of the flows it matches, from the weakest to the strongest.
///
/// The raw value is the rank in a decision word: where several rules match, the greatest decides.
package enum Effect: UInt8, Hashable, Sendable, CaseIterable {
    case auditedDeny = 1
    case allow = 2
    case deny = 3
    case quarantine = 4

    package var passes: Bool { self == .allow || self == .auditedDeny }
}

/// Who must be there for a rule to hold.
package enum EnforcementPoint: String, Hashable, Sendable, CaseIterable, Comparable {
    /// The eBPF programs of the bundle.
    case kernel
    /// The runtime, which sees the protocol above TCP.
    case runtime
    /// Addresses of names, which the node has to be told.
    case inventory

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Why a rule is there.
package enum RuleSource: Hashable, Sendable {
    /// Written in a policy at this place.
    case written(policy: String)
    /// The other end of an egress rule of a managed peer.
    case admitted(policy: String)
    /// Always there unless it is switched off.
    case implicit(ImplicitRule)
}

/// The rules that hold without being written.
package enum ImplicitRule: String, Hashable, Sendable, CaseIterable {
    case loopback
    case resolver
    case nodeProbe = "node-probe"
    case casaRuntime = "casa-runtime"
}

/// One decision about a class of flows.
package struct Rule: Hashable, Sendable {
    package let subject: WorkloadID
    package let direction: Direction
    package let peer: PeerClass
    package let transport: Transport
    package let ports: ClosedRange<UInt16>
    package let effect: Effect
    package let source: RuleSource
    /// Where it was written; implicit rules point to what made their namespace managed, or nowhere.
    package let origin: SourceRange?
    /// Sorted.
    package let enforcement: [EnforcementPoint]

    package init(
        subject: WorkloadID, direction: Direction, peer: PeerClass, transport: Transport,
        ports: ClosedRange<UInt16>, effect: Effect = .allow, source: RuleSource, origin: SourceRange?,
        enforcement: [EnforcementPoint] = [.kernel]
    ) {
        self.subject = subject
        self.direction = direction
        self.peer = peer
        self.transport = transport
        self.ports = ports
        self.effect = effect
        self.source = source
        self.origin = origin
        self.enforcement = enforcement.sorted()
    }

    /// In words, as in `egress to service banking/bank-mcp TCP 3000`.
    package var description: String {
        let preposition = direction == .egress ? "to" : "from"
        let port = ports.count == 1 ? "\(ports.lowerBound)" : "\(ports.lowerBound)-\(ports.upperBound)"
        let spoken = transport == .any ? "any protocol" : "\(transport.rawValue) \(port)"
        return "\(direction.rawValue) \(preposition) \(peer) \(spoken)"
    }
}
