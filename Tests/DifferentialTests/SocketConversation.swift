import CasaPolicyIR
import CasaTestSupport

/// The datagrams of one socket, put to the evaluator and to our interpreter in one order.
///
/// A test run of the kernel makes a new socket for each packet, so what a socket remembers is tried here and, with real
/// ones, in `Tests/OldKernel`.
struct SocketConversation {
    private let compiled: CompiledPolicy
    private let subject: Int
    private let reference: Reference
    private let machine: InterpretedObject
    private var random: SeededGenerator
    private var endpoints: [PacketEvaluator.Endpoint] = []
    private var servedPorts: [UInt16] = [0]

    private(set) var datagrams = 0
    /// Those that came in because they were asked for, and those that nobody had asked for.
    private(set) var replies = 0
    private(set) var unsolicited = 0

    init(_ compiled: CompiledPolicy, subject: Int, machine: InterpretedObject, seed: UInt64) {
        self.compiled = compiled
        self.subject = subject
        self.machine = machine
        reference = Reference(compiled.generated, reportsAllowed: true)
        random = SeededGenerator(seed: seed &* 31 &+ UInt64(subject))
        var packets = PacketGenerator(compiled.generated, seed: seed)
        let workload = compiled.policy.subjects[subject - 1].workload
        let evaluator = Evaluator(compiled.policy)
        for _ in 0..<400 where endpoints.count < 12 {
            let flow = packets.flow()
            if flow.direction == .ingress, flow.transport == .udp { servedPorts.append(flow.port) }
            let peer = compiled.generated.book.peer(at: flow.address)
            let question = Question(
                subject: workload, direction: .egress, peer: peer, transport: .udp, port: flow.port)
            // Mostly those whom the socket may ask, or there is nothing to remember.
            guard evaluator.decide(question).passes || random.chance(5) else { continue }
            endpoints.append(.init(address: flow.address, port: flow.port))
        }
    }

    /// Where answers differ.
    struct Disagreement: Error {
        let message: String
    }

    /// A socket that talks with whom it likes, so that it forgets the ninth.
    mutating func converse(steps: Int) throws {
        guard !endpoints.isEmpty else { return }
        var recent: [PacketEvaluator.Endpoint] = []
        try machine.kernel.socket.set()
        for step in 0..<steps {
            let peer = random.pick(endpoints)
            let sends = random.chance(45)
            let packet = sends ? sent(to: peer) : received(from: peer)
            let socket = PacketEvaluator.Socket(recentPeers: recent)
            let answer = try check(
                packet, socket, isNewPeer: !recent.contains(peer), isNewSocket: step == 0)
            let asked = answer.verdict.decision.rule.map { compiled.policy.rules[$0].direction } == .egress
            if sends, answer.passes, asked {
                recent = Array((recent.filter { $0 != peer } + [peer]).suffix(8))
            }
        }
    }

    /// A socket that is connected to one of them.
    mutating func converseConnected(steps: Int) throws {
        guard let remote = endpoints.first else { return }
        try machine.kernel.socket.set(remote: remote)
        for step in 0..<steps {
            let peer = random.chance(50) ? remote : random.pick(endpoints)
            let packet = random.chance(30) ? sent(to: remote) : received(from: peer)
            _ = try check(packet, .init(remote: remote), isNewPeer: false, isNewSocket: step == 0)
        }
        try machine.kernel.socket.set()
    }

    private mutating func sent(to peer: PacketEvaluator.Endpoint) -> GeneratedPacket {
        packet(
            Flow(direction: .egress, address: peer.address, transport: .udp, port: peer.port).asked(&random))
    }

    private mutating func received(from peer: PacketEvaluator.Endpoint) -> GeneratedPacket {
        let flow = Flow(direction: .egress, address: peer.address, transport: .udp, port: peer.port)
        var placed = flow.answered(&random)
        if random.chance(30) { placed.layout.destinationPort = random.pick(servedPorts) }
        if random.chance(10) { placed.layout.sourcePort &+= 1 }
        return packet(placed)
    }

    private func packet(_ placed: Flow.Placed) -> GeneratedPacket {
        GeneratedPacket(.anywhere, rule: nil, subject: subject, hook: placed.hook, bytes: placed.layout.bytes)
    }

    private mutating func check(
        _ packet: GeneratedPacket, _ socket: PacketEvaluator.Socket, isNewPeer: Bool, isNewSocket: Bool
    ) throws -> Reference.Answer {
        let expected = reference.answer(to: packet, socket: socket, isNewPeer: isNewPeer)
        let answer = try machine.answer(to: packet, interface: 2, newSocket: isNewSocket)
        if let difference = expected.difference(from: answer) {
            throw Disagreement(
                message: """
                    \(difference)
                    \(packet)
                    \(socket)
                    evaluator:   \(expected)
                    interpreter: \(answer)
                    \(compiled.generated)
                    """)
        }
        datagrams += 1
        let rule = expected.verdict.decision.rule
        if expected.verdict.refusal == .unsolicited { unsolicited += 1 }
        if packet.hook == .ingress, expected.passes, let rule,
            compiled.policy.rules[rule].direction == .egress
        {
            replies += 1
        }
        return expected
    }
}
