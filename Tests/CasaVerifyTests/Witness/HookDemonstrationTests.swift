import CasaBundle
import CasaPolicyIR
import CasaTestSupport
import CasaVerify
import Testing

/// Circumstances as a solver could suppose them, on an object that is right: no counterexample among them is one.
@Suite struct HookDemonstrationTests {
    private typealias Circumstance = HookCounterexample.Circumstance

    /// Whether the program answered 1; both it and the evaluator are asked, and must agree.
    private func judge(
        _ replay: Replay, _ program: String, _ packet: [UInt8], _ circumstances: [Circumstance]
    ) -> Bool? {
        for (found, expected) in [(UInt64(1), UInt64(0)), (0, 1)] {
            do {
                let shown = try replay.demonstrate(
                    .hook(
                        HookCounterexample(
                            program: program, packet: packet, circumstances: circumstances, found: found,
                            expected: expected)))
                Issue.record("program and evaluator differ\n\(shown.text)")
                return nil
            } catch ReplayFailure.notReproduced(let reason) {
                // Of the two, the one the program agrees with is stopped by the evaluator.
                if reason.hasPrefix("the evaluator") { return found == 1 }
            } catch {
                Issue.record("\(error)")
                return nil
            }
        }
        Issue.record("the program answers neither 0 nor 1")
        return nil
    }

    private func bytes(_ name: String, _ value: UInt64, at offset: Int, count: Int) -> [Circumstance] {
        (0..<count).map {
            Circumstance(name: "\(name) \(offset + $0)", value: value >> UInt64($0 * 8) & 0xFF)
        }
    }

    private func word(_ random: inout SeededGenerator) -> UInt64 {
        random.pick([0, 0x02FF_FFFE, 0x01FF_FFFD, 0x03FF_FFFC, 0x04FF_FFFF, 0x0900_0000])
    }

    @Test("program and evaluator agree about packets of every kind, with sockets and answers of every kind")
    func packets() throws {
        let specimen = try Specimen.single(as: .tree)
        let replay = Replay(of: specimen.bytes, legend: specimen.legend)
        var random = SeededGenerator(seed: 7)
        var passed = 0
        let count = 3_000
        for _ in 0..<count {
            let isIPv6 = random.chance(40)
            let address: IPAddress =
                isIPv6
                ? .v6(high: random.next(), low: random.next())
                : .v4(UInt32(truncatingIfNeeded: random.next()))
            let flow = Flow(
                direction: random.pick(Direction.allCases), address: address,
                transport: random.pick([.tcp, .udp]), port: UInt16(random.number(below: 65_536)))
            var placed = flow.placed(&random)
            if !isIPv6, random.chance(20) {
                placed.layout.options = random.pick([[1, 1, 1, 0], [7, 4, 0, 0]])
            }
            if random.chance(10) { placed.layout.fragmentWord = random.pick([0x2000, 1]) }
            placed.layout.payloadCount = 0
            var packet = placed.layout.bytes
            if random.chance(5) { packet = Array(packet.prefix(random.number(below: packet.count))) }
            let header = try? PacketHeader.parse(packet).get()
            var circumstances = bytes("__sk_buff", UInt64(packet.count), at: 0, count: 4)
            circumstances += bytes("__sk_buff", random.chance(5) ? 1 : 2, at: 40, count: 4)
            circumstances += [
                Circumstance(name: "subject", value: random.chance(5) ? 0 : 3),
                Circumstance(name: "regions", value: random.chance(5) ? 0 : 3),
                Circumstance(name: "has socket", value: random.chance(95) ? 1 : 0),
                Circumstance(name: "is full socket", value: random.chance(95) ? 1 : 0),
                Circumstance(name: "peers are kept", value: random.chance(90) ? 1 : 0),
            ]
            circumstances += options(packet, &random) + answers(address, header, placed.hook, &random)
            if let header { circumstances += socket(address, header, placed.hook, &random) }
            let program = placed.hook == .egress ? "casa_egress" : "casa_ingress"
            guard let passes = judge(replay, program, packet, circumstances) else { return }
            if passes { passed += 1 }
        }
        #expect(passed * 5 > count && passed * 5 < count * 4, "\(passed) of \(count)")
    }

    /// What the functions that read options say, whatever the packet holds.
    private func options(_ packet: [UInt8], _ random: inout SeededGenerator) -> [Circumstance] {
        guard let first = packet.first, first >> 4 == 4, first & 0xF > 5 else { return [] }
        let answer = random.pick([0, 0, 0, 3, 7] as [UInt64])
        return [Circumstance(of: "options", [UInt64(first & 0xF) * 4], is: answer)]
    }

    /// The region of the peer, and what the policy says of it.
    private func answers(
        _ address: IPAddress, _ header: PacketHeader?, _ hook: Direction, _ random: inout SeededGenerator
    ) -> [Circumstance] {
        var result = [Circumstance(of: "verdict", [1, UInt64(hook.number) << 24], is: word(&random))]
        switch address {
        case .v4(let value): result.append(Circumstance(of: "region4", [UInt64(value)], is: 20))
        case .v6(let high, let low): result.append(Circumstance(of: "region6", [high, low], is: 20))
        }
        guard let header else { return result }
        let isOutward = hook == .egress
        let ports = [
            isOutward ? header.destinationPort : header.sourcePort,
            isOutward ? header.sourcePort : header.destinationPort,
        ]
        for (direction, port) in zip([UInt64(0), 1], ports) {
            let question = direction << 24 | UInt64(header.transport.number) << 16 | UInt64(port)
            result.append(Circumstance(of: "verdict", [20, question], is: word(&random)))
        }
        return result
    }

    /// A socket that is connected to the peer, or has asked it, or somebody else.
    private func socket(
        _ address: IPAddress, _ header: PacketHeader, _ hook: Direction, _ random: inout SeededGenerator
    ) -> [Circumstance] {
        let remote = (hook == .egress ? header.destinationPort : header.sourcePort) &+ random.pick([0, 0, 1])
        let network = address.networkBytes
        if random.chance(40) {
            let start = UInt64(network.count == 4 ? 52 : 56)
            return [
                Circumstance(of: "socket", [72], is: 1),
                Circumstance(of: "socket", [48], is: UInt64(remote >> 8)),
                Circumstance(of: "socket", [49], is: UInt64(remote & 0xFF)),
            ]
                + network.enumerated().map {
                    Circumstance(of: "socket", [start + UInt64($0)], is: UInt64($1))
                }
        }
        let entry = 16 + random.number(below: 8) * 24
        var result = network.enumerated().map {
            Circumstance(name: "peers \(entry + $0)", value: UInt64($1))
        }
        result += bytes("peers", UInt64(remote), at: entry + 16, count: 2)
        result += bytes("peers", network.count == 4 ? 4 : 6, at: entry + 18, count: 2)
        return result
    }

    @Test("program and evaluator agree about calls and sockets")
    func calls() throws {
        let specimen = try Specimen.single(as: .tree)
        let replay = Replay(of: specimen.bytes, legend: specimen.legend)
        var random = SeededGenerator(seed: 8)
        var passed = 0
        let programs = [
            "casa_connect4", "casa_connect6", "casa_sendmsg4", "casa_sendmsg6", "casa_sock_create",
        ]
        for _ in 0..<2_000 {
            let program = random.pick(programs)
            let isIPv6 = program.hasSuffix("6")
            var circumstances = [Circumstance(name: "subject", value: random.chance(5) ? 0 : 3)]
            let (type, spoken) = random.pick([(1, 6), (2, 17), (1, 17), (3, 255)] as [(UInt64, UInt64)])
            if program == "casa_sock_create" {
                circumstances += bytes("bpf_sock", type, at: 8, count: 4)
                circumstances += bytes("bpf_sock", random.pick([spoken, 0]), at: 12, count: 4)
            } else {
                let address = random.chance(20) ? IPAddress.v4(0x7F00_0001) : .v4(0x0A01_0203)
                let network: [UInt8] =
                    isIPv6
                    ? (random.chance(50)
                        ? Array(repeating: 0, count: 10) + [0xFF, 0xFF] + address.networkBytes
                        : Array(repeating: 0x20, count: 16))
                    : address.networkBytes
                circumstances += network.enumerated().map {
                    Circumstance(name: "bpf_sock_addr \((isIPv6 ? 8 : 4) + $0)", value: UInt64($1))
                }
                circumstances += bytes("bpf_sock_addr", 0x5000, at: 24, count: 2)
                circumstances += bytes("bpf_sock_addr", type, at: 32, count: 4)
                circumstances += bytes("bpf_sock_addr", spoken, at: 36, count: 4)
                circumstances += [
                    Circumstance(name: "regions", value: 3),
                    Circumstance(of: "region4", [0x0A01_0203], is: 20),
                    Circumstance(
                        of: "region6", [0x2020_2020_2020_2020, 0x2020_2020_2020_2020], is: 20),
                    Circumstance(of: "socket", [44], is: random.pick([0, 99])),
                    Circumstance(of: "verdict", [1, 0], is: word(&random)),
                    Circumstance(of: "verdict", [20, spoken << 16 | 80], is: word(&random)),
                    Circumstance(of: "verdict", [20, 1 << 24 | 17 << 16 | 99], is: word(&random)),
                ]
            }
            guard let passes = judge(replay, program, [], circumstances) else { return }
            if passes { passed += 1 }
        }
        #expect(passed > 300 && passed < 1_700, "\(passed)")
    }
}
