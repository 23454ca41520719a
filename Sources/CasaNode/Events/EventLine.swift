internal import CasaBundle
internal import CasaPolicyIR

/// An event as JSON has it; keys without a value are absent.
struct EventLine: Encodable {
    let format = 1
    let time: String
    let verdict: String
    let reason: String
    let namespace: String
    let workload: String?
    let pod: String?
    let cgroup: UInt64?
    let hook: String
    let direction: String
    let `protocol`: UInt8
    let peer: Peer?
    let localPort: UInt16
    let length: UInt32
    let rule: Rule?

    struct Peer: Encodable {
        let address: String
        let port: UInt16
        let names: [String]
        let `class`: String?
    }

    struct Rule: Encodable {
        let number: Int
        let effect: String?
        let flow: String?
        let source: String?
        let origin: String?
    }

    init(_ event: VerdictEvent) {
        let record = event.record
        time = event.time.description
        verdict = event.verdict.rawValue
        reason = Self.name(of: record.refusal)
        namespace = Self.safe(event.namespace)
        workload = event.workload.map(Self.safe)
        pod = event.pod.map(Self.safe)
        cgroup = record.cgroup == 0 ? nil : record.cgroup
        hook = record.hook.name
        direction = record.direction.rawValue
        self.protocol = record.protocolNumber
        peer = record.peer.map { address in
            Peer(
                address: address.description, port: record.remotePort, names: event.peerNames.map(Self.safe),
                class: event.peerClass.map(Self.safe))
        }
        localPort = record.localPort
        length = record.length
        rule = record.rule.map { number in
            Rule(
                number: number, effect: (event.rule?.effect).map(Self.safe),
                flow: event.rule.map(RuleText.flow),
                source: (event.rule?.source).map(Self.safe),
                origin: (event.rule?.origin?.description).map(Self.safe))
        }
    }

    private static func safe(_ text: String) -> String { TextSafety.visible(text) }

    /// Stable names for machines.
    private static func name(of refusal: Refusal) -> String {
        switch refusal {
        case .rule: "rule"
        case .noRule: "no-rule"
        case .unknownPeer: "unknown-peer"
        case .malformed: "malformed"
        case .unsupportedProtocol: "protocol"
        case .fragment: "fragment"
        case .socketType: "socket-type"
        case .sourceRoute: "source-route"
        case .unsolicited: "unsolicited"
        case .nobody: "nobody"
        }
    }
}
