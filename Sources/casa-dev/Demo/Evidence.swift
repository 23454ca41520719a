internal import CasaPolicyIR
internal import FoundationEssentials

/// What the kernel reported while attempts were made.
struct Evidence {
    private var observations: [Key: Observation] = [:]

    /// An event as `casa watch --json` writes it, as far as it matters here.
    struct Observation: Decodable {
        let verdict: String
        let pod: String?
        let hook: String
        let `protocol`: UInt8
        let peer: Peer?
        let localPort: UInt16
        let rule: Rule?

        struct Peer: Decodable {
            let address: String
            let port: UInt16
        }

        struct Rule: Decodable {
            let number: Int
        }

        var isAllowed: Bool { verdict == "ALLOWED" }
        var isDenied: Bool { verdict == "DENIED" }
    }

    /// Where something was decided.
    enum Place: Hashable {
        /// The system call of the source.
        case call
        /// A packet that leaves the source.
        case egress
        /// A packet that arrives at the target.
        case ingress
    }

    /// One for each place of each attempt: ports of clients change, nothing else does.
    private struct Key: Hashable {
        let pod: String
        let hook: String
        let transport: UInt8
        let address: IPAddress
        let port: UInt16
    }

    mutating func add(lines: String) throws(DemoFailure) {
        for line in lines.split(separator: "\n") {
            guard let seen = try? JSONDecoder().decode(Observation.self, from: Data(line.utf8)) else {
                throw .failed("casa watch printed a line that is no event: \(line)")
            }
            guard let pod = seen.pod, let peer = seen.peer, let address = IPAddress(peer.address) else {
                continue
            }
            let key = Key(
                pod: pod, hook: seen.hook, transport: seen.protocol, address: address,
                port: seen.hook == "ingress" ? seen.localPort : peer.port)
            // The first packet tells; later ones are its repetitions.
            if observations[key] == nil { observations[key] = seen }
        }
    }

    func seen(_ pair: Pair, _ route: Pair.Route, at place: Place) -> Observation? {
        let party = place == .ingress ? pair.target : pair.source
        guard let pod = party.qualifiedPod else { return nil }
        return observations[
            Key(
                pod: pod, hook: Self.hook(place, pair, route), transport: pair.transport.number,
                address: place == .ingress ? route.from : route.to, port: pair.port)]
    }

    private static func hook(_ place: Place, _ pair: Pair, _ route: Pair.Route) -> String {
        switch place {
        case .egress: "egress"
        case .ingress: "ingress"
        case .call: callName(pair) + (route.to.bitWidth == 32 ? "4" : "6")
        }
    }

    /// The call that opens a flow.
    static func callName(_ pair: Pair) -> String { pair.transport == .udp ? "sendmsg" : "connect" }
}
