internal import CasaPolicyIR
internal import CasaVerify

/// Concrete packets, calls and sockets for one program: about a policy's own flows, and about everything else.
struct InputCorpus {
    struct Entry {
        let subject: UInt32
        let input: HookInput
    }

    let entries: [Entry]

    static let count = 2_000

    init(_ subject: MutationSubject, program: String, seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let flows = FlowSource(subject)
        var entries: [Entry] = []
        entries.reserveCapacity(Self.count)
        while entries.count < Self.count {
            let flow = flows.flow(&random)
            let number = UInt32(random.number(below: 20) == 0 ? 0 : Int(flow.subject))
            if program == "casa_ingress", flow.transport == .udp, random.chance(20) {
                entries += Self.conversation(flow, subject: number, &random)
            } else {
                entries.append(Entry(subject: number, input: Self.input(program, flow, &random)))
            }
        }
        self.entries = entries
    }

    private static func input(
        _ program: String, _ flow: FlowSource.Flow, _ random: inout SeededRandom
    ) -> HookInput {
        switch program {
        case "casa_egress", "casa_ingress":
            packet(flow, at: program == "casa_egress" ? .egress : .ingress, &random)
        case "casa_sock_create":
            HookInput(
                socketOf: random.pick([2, 10, 1]), type: random.pick([1, 2, 3, 5]),
                protocolNumber: random.pick([0, 6, 17, 1, 132, 255, 262]))
        default:
            HookInput(
                call: program, to: random.chance(90) ? flow.address : .v4(random.pick([0, 0x7F00_0001])),
                port: flow.port,
                type: random.chance(90) ? (flow.transport == .udp ? 2 : 1) : random.pick([1, 2, 3]),
                protocolNumber: random.chance(90) ? UInt32(flow.transport.number) : random.pick([6, 17, 0]),
                localPort: random.pick([0, flow.otherPort]))
        }
    }

    /// A datagram that asks, and the reply to the same socket.
    private static func conversation(
        _ flow: FlowSource.Flow, subject: UInt32, _ random: inout SeededRandom
    ) -> [Entry] {
        let question = HookInput(
            PacketDraft(flow, at: .egress, &random).bytes, direction: .egress, interface: 2)
        var answer = HookInput(
            PacketDraft(flow, at: .ingress, &random).bytes, direction: .ingress, interface: 2)
        answer.isNewSocket = false
        return [Entry(subject: subject, input: question), Entry(subject: subject, input: answer)]
    }

    private static func packet(
        _ flow: FlowSource.Flow, at direction: Direction, _ random: inout SeededRandom
    ) -> HookInput {
        var bytes = PacketDraft(flow, at: direction, &random).bytes
        if random.chance(5) { bytes = Array(bytes.prefix(random.number(below: bytes.count + 1))) }
        if random.chance(5), !bytes.isEmpty {
            bytes[random.number(below: min(60, bytes.count))] = random.byte()
        }
        var input = HookInput(bytes, direction: direction, interface: random.chance(5) ? 1 : 2)
        switch random.number(below: 4) {
        case 0: input.connect(to: flow.address, port: flow.remotePort)
        case 1: input.connect(to: flow.address, port: flow.remotePort &+ 1)
        default: break
        }
        return input
    }
}
