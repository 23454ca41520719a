package import CasaBundle
internal import CasaPolicyIR

/// What the kernel decided about a packet or a call, in the words of the policy.
package struct VerdictEvent: Hashable, Sendable {
    package enum Verdict: String, Hashable, Sendable {
        case allowed = "ALLOWED"
        case denied = "DENIED"
        /// It passed, and an audited rule would have refused it.
        case wouldDeny = "WOULD_DENY"
    }

    package let record: EventRecord
    package let time: WallTime
    package let namespace: String
    /// `banking/Deployment/teller`; `nil` where nobody was judged, or a replacement leaves it open.
    package let workload: String?
    /// `banking/teller-0`; `nil` where the cgroup is not known.
    package let pod: String?
    package let rule: RuleEntry?
    /// What the inventory calls the peer, sorted.
    package let peerNames: [String]
    /// The class of the peer that decided, in words.
    package let peerClass: String?

    package var verdict: Verdict {
        switch record.effect {
        case .allow: .allowed
        case .auditedDeny: .wouldDeny
        case .deny, .quarantine, nil: .denied
        }
    }

    /// `TCP`, `UDP`, or the number.
    package var protocolName: String {
        switch record.protocolNumber {
        case 6: "TCP"
        case 17: "UDP"
        case 0: "any protocol"
        default: "protocol \(record.protocolNumber)"
        }
    }
}
