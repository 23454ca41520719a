internal import CasaPolicyIR

/// Shows a packet, call or socket on which a program answers otherwise than it should.
struct HookDemonstration {
    let object: ObjectReplay

    func show(_ hook: HookCounterexample) throws(ReplayFailure) -> Demonstration {
        let replayed = try HookReplay(object, hook).run()
        let found: String
        switch replayed.run.outcome {
        case .result(let value):
            guard value & 0xFFFF_FFFF == hook.found & 0xFFFF_FFFF else {
                throw .notReproduced("\(hook.program) answers \(value), not \(hook.found)")
            }
            found = "\(value & 0xFFFF_FFFF)"
        case .trap(let reason): throw .notReproduced("\(hook.program) does not answer: \(reason)")
        }
        guard hook.found != hook.expected else { throw .notReproduced("both answers are \(found)") }
        let expectation = HookExpectation(hook)
        if let passes = expectation.passes, passes != (hook.expected == 1) {
            throw .notReproduced(
                "the evaluator lets it \(passes ? "pass" : "not pass"), and \(hook.expected) was expected")
        }
        let packet = packet(hook, expectation)
        var lines = [Demonstration.Line("program", hook.program)]
        if let packet {
            lines.append(.init("packet", packet.words, excerpt: packet.dump))
        }
        lines += [
            .init(
                "where", "circumstances",
                excerpt: hook.circumstances.filter { $0.value != 0 }.prefix(40).map {
                    "\($0.name) = 0x\(String($0.value, radix: 16))"
                }),
            .init("policy", Self.words(hook.expected, hook.program)),
            .init("code", Self.words(hook.found, hook.program)),
            .init(
                "decided by", "the last instructions of \(hook.program)",
                excerpt: replayed.listing.lines(of: replayed.run.last)),
        ]
        return Demonstration(
            summary: "\(hook.program) does not answer as its meaning says", lines: lines, packet: packet,
            rule: nil)
    }

    private static func words(_ answer: UInt64, _ program: String) -> String {
        guard !program.hasPrefix("casa_read") else { return "answers \(answer)" }
        return switch answer {
        case 0: "is refused"
        case 1: "passes"
        default: "answers \(answer)"
        }
    }

    private func packet(_ hook: HookCounterexample, _ expectation: HookExpectation) -> WitnessPacket? {
        let direction: Direction
        switch hook.program {
        case "casa_egress": direction = .egress
        case "casa_ingress": direction = .ingress
        default: return nil
        }
        let interface = HookCircumstances(hook.circumstances).numbered("__sk_buff", count: 44).suffix(4)
        return WitnessPacket(
            direction: direction, onLoopback: Array(interface) == [1, 0, 0, 0], bytes: expectation.packet)
    }
}
