internal import CasaPolicyIR

/// Shows a question that the code answers otherwise than the policy: as a flow and a packet where a hook asks it.
struct DecisionDemonstration {
    let object: ObjectReplay
    let legend: WitnessLegend

    func show(_ decision: DecisionCounterexample) throws(ReplayFailure) -> Demonstration {
        let replayed = try object.verdict(
            subject: decision.subject, classNumber: decision.classNumber, question: decision.question,
            answering: decision.found)
        let found = try Self.word(replayed.run.outcome)
        guard found == decision.found else {
            throw .notReproduced("casa_verdict answers \(found), not \(decision.found)")
        }
        guard decision.found != decision.expected else { throw .notReproduced("both words are \(found)") }
        let flow = WitnessFlow(
            subject: decision.subject, classNumber: decision.classNumber, question: decision.question,
            legend: legend)
        try check(decision, flow)

        var lines = [Demonstration.Line("flow", words(decision, flow))]
        let shown = try flow.flatMap { flow throws(ReplayFailure) in try packet(flow) }
        if let shown { lines += shown.lines }
        lines.append(policyLine(decision.expected))
        lines.append(
            .init(
                "code", legend.words(forDecision: decision.found),
                excerpt: replayed.run.last.last.flatMap(replayed.listing.provenance).map {
                    ["for the object this instruction serves: \($0)"]
                } ?? []))
        if replayed.arguments.isEmpty {
            if let shown { lines.append(shown.verdicts) }
        } else {
            // The answer may not depend on what a caller leaves there, so this is wrong whatever the programs leave.
            let registers = zip(["r1", "r2"], replayed.arguments).map { "\($0) = 0x\(String($1, radix: 16))" }
            lines.append(.init("called with", registers.joined(separator: ", ")))
        }
        lines.append(
            .init(
                "decided by", "the last instructions of casa_verdict",
                excerpt: replayed.listing.lines(of: replayed.run.last)))
        return Demonstration(
            summary: summary(decision, isAsked: flow != nil), lines: lines, packet: shown?.packet,
            rule: Decision(word: decision.expected).rule)
    }

    static func word(_ outcome: TracedMachine.Outcome) throws(ReplayFailure) -> UInt32 {
        switch outcome {
        case .result(let value): return UInt32(truncatingIfNeeded: value)
        case .trap(let reason): throw .notReproduced("the function does not answer: \(reason)")
        }
    }

    /// The evaluator knows only what a hook asks; whatever else is asked is answered with 0.
    private func check(_ decision: DecisionCounterexample, _ flow: WitnessFlow?) throws(ReplayFailure) {
        let evaluated: UInt32
        if let flow {
            // A region without an address: the evaluator cannot be asked about it.
            if flow.address == nil { return }
            evaluated = Evaluator(legend.policy).decide(flow.question(legend)).word
        } else {
            evaluated = 0
        }
        guard evaluated == decision.expected else {
            throw .notReproduced("the evaluator says \(evaluated), not \(decision.expected)")
        }
    }

    private func words(_ decision: DecisionCounterexample, _ flow: WitnessFlow?) -> String {
        if let flow { return flow.words(legend) }
        let subject = legend.words(forSubject: decision.subject)
        let peer = legend.words(forClass: decision.classNumber)
        return "none that a hook asks about: \(subject), \(peer), question 0x"
            + String(decision.question, radix: 16)
    }

    func policyLine(_ expected: UInt32) -> Demonstration.Line {
        let rule = Decision(word: expected).rule
        let written = rule.flatMap { legend.place(ofRule: $0)?.line }
        return .init("policy", legend.words(forDecision: expected), excerpt: written.map { [$0] } ?? [])
    }

    // MARK: The packet

    private struct Shown {
        let packet: WitnessPacket
        let lines: [Demonstration.Line]
        let verdicts: Demonstration.Line
    }

    /// The first of a few packets on which the programs do otherwise than the evaluator.
    private func packet(_ flow: WitnessFlow) throws(ReplayFailure) -> Shown? {
        let replay = PacketReplay(object: object, legend: legend)
        var masked: Shown?
        for port in Self.freePorts {
            guard let packet = flow.packet(freePort: port) else { return nil }
            let known = table(flow)
            let comparison = try replay.compare(packet, subject: flow.subject, known: known)
            let found = replay.words(comparison.found)
            let expected = replay.words(comparison.expected)
            let told = known.map {
                ["a node is told that \($0.address) is \(legend.words(forClass: UInt32($0.classNumber)))"]
            }
            let program = packet.direction == .egress ? "casa_egress" : "casa_ingress"
            let shown = Shown(
                packet: packet, lines: [.init("packet", packet.words, excerpt: told ?? [])],
                verdicts: comparison.differs
                    ? .init("verdict", "\(program): it \(found); expected: it \(expected)")
                    : .init("verdict", "another class of the packet decides, it \(found)"))
            if comparison.differs { return shown }
            masked = masked ?? shown
        }
        return masked
    }

    /// Ports that flows begin from; more than one, because the answer may hide behind that to a reply.
    private static let freePorts: [UInt16] = [49_152, 50_000, 61_001]

    private func table(_ flow: WitnessFlow) -> WitnessTable? {
        guard let address = flow.address, !flow.isLoopback else { return nil }
        if case .region = legend.meaning(of: UInt32(flow.classNumber)) { return nil }
        return WitnessTable(address: address, classNumber: flow.classNumber)
    }

    private func summary(_ decision: DecisionCounterexample, isAsked: Bool) -> String {
        guard isAsked else { return "the code answers what no hook asks" }
        let found = Decision(word: decision.found).passes
        let expected = Decision(word: decision.expected).passes
        switch (found, expected) {
        case (true, false): return "the code lets pass what the policy refuses"
        case (false, true): return "the code refuses what the policy lets pass"
        case (true, true), (false, false): return "the code decides by another rule than the policy"
        }
    }
}
