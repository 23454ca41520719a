package import CasaPolicyIR

/// A packet as a hook is given it, and what it was made for.
package struct GeneratedPacket: Hashable, Sendable {
    /// What a packet tries; the counts of each are printed with the result.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Matched by a rule, asked in the rule's own direction.
        case hit
        /// Matched by a rule, as the answer to what the rule lets in or out.
        case reply
        case portMiss = "port ±1"
        case addressMiss = "address ±1"
        case transportMiss = "other transport"
        case directionMiss = "other direction"
        case subjectMiss = "other subject"
        case loopback
        case anywhere
        case fragment
        case options = "IPv4 options"
        case extensions = "IPv6 extensions"
        case otherProtocol = "other protocol"
        case truncated
        case damaged
        case noise
    }

    package let kind: Kind
    /// The rule it was made for.
    package let rule: Int?
    /// The number of a subject; 0 is nobody.
    package let subject: Int
    /// The hook that is given it.
    package let hook: Direction
    package let onLoopback: Bool
    /// From the IP header on.
    package let bytes: [UInt8]

    package init(
        _ kind: Kind, rule: Int?, subject: Int, hook: Direction, onLoopback: Bool = false, bytes: [UInt8]
    ) {
        self.kind = kind
        self.rule = rule
        self.subject = subject
        self.hook = hook
        self.onLoopback = onLoopback
        self.bytes = bytes
    }
}

extension GeneratedPacket: CustomStringConvertible {
    package var description: String {
        let digits = bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        let place = onLoopback ? " on lo" : ""
        return "\(kind.rawValue) packet\(place) to \(hook.rawValue) of subject \(subject): \(digits)"
    }
}
