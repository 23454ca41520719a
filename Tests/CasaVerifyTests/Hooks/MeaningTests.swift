import CasaBPF
import CasaPolicyIR
import CasaTestSupport
import Testing

/// The trusted statement of what hooks mean, held to the evaluator: what the proof proves is what the policy says.
@Suite("the meaning of hooks as terms")
struct MeaningTests {
    private static let packetCount = 2_500
    private static let callCount = 1_000

    @Test("is the evaluator's answer on packets of every kind", arguments: 1...10 as ClosedRange<UInt64>)
    func packets(seed: UInt64) throws {
        let policy = try PolicyStatements(seed: seed)
        let generated = policy.compiled.generated
        let evaluator = PacketEvaluator(generated.policy, book: generated.book)
        var generator = PacketGenerator(generated, seed: seed)
        var random = SeededGenerator(seed: seed)
        var passed = 0
        var solicited = 0
        let packets = generator.packets(Self.packetCount)
        for packet in packets {
            let (situation, socket) = Self.situation(of: packet, &random)
            let workload =
                packet.subject == 0 ? nil : generated.policy.subjects[packet.subject - 1].workload
            let expected = evaluator.judge(
                packet.bytes, subject: workload, direction: packet.hook, onLoopback: packet.onLoopback,
                socket: socket)
            let hook: BPFProgramKind = packet.hook == .egress ? .egress : .ingress
            let found = policy.statements.passes(hook, situation, policy.surroundings)
            try #require(found == expected.passes, "\(packet) \(socket) \(expected)\n\(generated)")
            if expected.passes { passed += 1 }
            if expected.passes, hook == .ingress, socket != PacketEvaluator.Socket() { solicited += 1 }
        }
        #expect(passed > 0 && passed < packets.count && Set(packets.map(\.kind)).count > 10)
        #expect(solicited > 0)
    }

    @Test("is the evaluator's answer on calls", arguments: 1...10 as ClosedRange<UInt64>)
    func calls(seed: UInt64) throws {
        let policy = try PolicyStatements(seed: seed)
        let generated = policy.compiled.generated
        let reference = Reference(generated, reportsAllowed: true)
        var generator = PacketGenerator(generated, seed: seed)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<Self.callCount {
            let served = generated.policy.rules.filter { $0.direction == .ingress }.map(\.ports.lowerBound)
            let localPort = random.chance(40) && !served.isEmpty ? random.pick(served) : 0
            let call = GeneratedCall(generator.flow(), localPort: localPort, random: &random)
            let subject = random.number(below: generated.policy.subjects.count + 1)
            let found = policy.statements.passes(
                call.hook, Self.situation(of: call, subject: subject), policy.surroundings)
            let expected = reference.answer(to: call, subject: subject)
            try #require(found == expected.passes, "\(call) of \(subject): \(expected)\n\(generated)")
        }
    }

    @Test("lets TCP and UDP sockets be made, for somebody")
    func sockets() throws {
        let policy = try PolicyStatements(seed: 1)
        for subject in UInt32(0)...2 {
            for type in UInt32(0)...10 {
                for spoken in UInt32(0)...260 {
                    var situation = Situation()
                    situation.subject = subject
                    situation.write(type, toContext: 8)
                    situation.write(spoken, toContext: 12)
                    let isTCP = type == 1 && (spoken == 0 || spoken == 6)
                    let isUDP = type == 2 && (spoken == 0 || spoken == 17)
                    let found = policy.statements.passes(.socketCreate, situation, policy.surroundings)
                    try #require(found == (subject != 0 && (isTCP || isUDP)), "\(subject) \(type) \(spoken)")
                }
            }
        }
    }
}

extension MeaningTests {
    private static func situation(of call: GeneratedCall, subject: Int) -> Situation {
        var situation = Situation()
        situation.subject = UInt32(subject)
        let (high, low) = call.words
        if call.isIPv6 {
            situation.write(high.byteSwapped, toContext: 8)
            situation.write(low.byteSwapped, toContext: 16)
        } else {
            situation.write(UInt32(truncatingIfNeeded: low).byteSwapped, toContext: 4)
        }
        situation.write(call.port.byteSwapped, toContext: 24)
        situation.write(UInt32(call.socketType), toContext: 32)
        situation.write(UInt32(call.protocolNumber), toContext: 36)
        situation.socket.write(UInt32(call.localPort), at: 44)
        return situation
    }

    /// A packet with a socket of some kind: none, connected to somebody, or one that asked some.
    private static func situation(
        of packet: GeneratedPacket, _ random: inout SeededGenerator
    ) -> (Situation, PacketEvaluator.Socket) {
        var situation = Situation()
        situation.subject = UInt32(packet.subject)
        situation.packet = packet.bytes
        situation.write(UInt32(packet.bytes.count), toContext: 0)
        situation.write(packet.onLoopback ? UInt32(1) : UInt32(2 + random.number(below: 400)), toContext: 40)
        situation.hasSocket = random.chance(92)
        situation.isFullSocket = random.chance(92)
        situation.arePeersKept = random.chance(90)
        var socket = PacketEvaluator.Socket()
        guard let header = try? PacketHeader.parse(packet.bytes).get() else { return (situation, socket) }
        let peer = packet.hook == .egress ? header.destination : header.source
        let port = packet.hook == .egress ? header.destinationPort : header.sourcePort
        func endpoint(_ random: inout SeededGenerator) -> PacketEvaluator.Endpoint {
            switch random.number(below: 4) {
            case 0: .init(address: peer, port: port &+ 1)
            case 1: .init(address: peer.neighbour, port: port)
            default: .init(address: peer, port: port)
            }
        }
        let isSocket = situation.hasSocket && situation.isFullSocket
        let isConnected = random.chance(40)
        situation.socket.write(isConnected ? UInt32(1) : UInt32(7), at: 72)
        // A socket that is not connected may have been.
        let remote = endpoint(&random)
        situation.socket.write(remote.port.byteSwapped, at: 48)
        let wire = remote.address.networkBytes
        situation.socket.replaceSubrange(
            (wire.count == 4 ? 52 : 56)..<(wire.count == 4 ? 56 : 72), with: wire)
        let asked = (0..<random.number(below: 4)).map { _ in (random.number(below: 8), endpoint(&random)) }
        for (index, other) in asked { situation.peers.write(other, at: 16 + index * 24) }
        guard isSocket else { return (situation, socket) }
        if isConnected {
            socket.remote = remote
        } else if situation.arePeersKept {
            // The last that took an entry has it.
            socket.recentPeers = asked.indices.filter { place in
                !asked[(place + 1)...].contains { $0.0 == asked[place].0 }
            }.map { asked[$0].1 }
        }
        return (situation, socket)
    }
}

extension [UInt8] {
    /// An entry of `struct casa_peers`: the address as on the wire, the port and the version.
    fileprivate mutating func write(_ peer: PacketEvaluator.Endpoint, at offset: Int) {
        let wire = peer.address.networkBytes
        let padding = [UInt8](repeating: 0, count: 16 - wire.count)
        replaceSubrange(offset..<offset + 16, with: wire + padding)
        write(peer.port, at: offset + 16)
        write(UInt16(wire.count == 4 ? 4 : 6), at: offset + 18)
    }
}

extension IPAddress {
    fileprivate var neighbour: IPAddress {
        switch self {
        case .v4(let value): .v4(value ^ 1)
        case .v6(let high, let low): .v6(high: high, low: low ^ 1)
        }
    }
}
