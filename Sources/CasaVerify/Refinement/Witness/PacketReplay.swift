internal import CasaBPF
internal import CasaPolicyIR

/// Puts a packet to the evaluator and to the packet programs of an object, on a node that knows one address.
struct PacketReplay {
    let object: ObjectReplay
    let legend: WitnessLegend

    /// What each of both said: whether the packet passes, and under which rule or reason it is counted.
    struct Outcome: Hashable {
        let passes: Bool?
        let counter: Int?
        /// What the program did that no program may do.
        let trap: String?
    }

    struct Comparison {
        let expected: Outcome
        let found: Outcome
        let replayed: ObjectReplay.Replayed

        var differs: Bool { expected != found }
    }

    /// `known` is what the node was told of the peer's address.
    func compare(
        _ packet: WitnessPacket, subject: UInt32, known: WitnessTable?
    ) throws(ReplayFailure) -> Comparison {
        let replayed = try run(packet, subject: subject, known: known)
        return Comparison(
            expected: expected(packet, subject: subject, known: known), found: replayed.outcome,
            replayed: replayed.run)
    }

    private func expected(_ packet: WitnessPacket, subject: UInt32, known: WitnessTable?) -> Outcome {
        var book = AddressBook()
        if let known, case .learned(let peer) = legend.meaning(of: UInt32(known.classNumber)) {
            book.add(peer, at: known.address)
        }
        let verdict = PacketEvaluator(legend.policy, book: book).judge(
            packet.bytes, subject: legend.workload(subject), direction: packet.direction,
            onLoopback: packet.onLoopback)
        let counter =
            verdict.decision.rule.map { ObjectReplay.reasonCounters + $0 }
            ?? Int((verdict.refusal ?? .rule).rawValue)
        return Outcome(passes: verdict.passes, counter: counter, trap: nil)
    }

    private func run(
        _ packet: WitnessPacket, subject: UInt32, known: WitnessTable?
    ) throws(ReplayFailure) -> (outcome: Outcome, run: ObjectReplay.Replayed) {
        var contents = known?.contents ?? [:]
        contents[".rodata.subject"] = ObjectReplay.bytes(subject)
        let kernel = object.kernel(contents: contents)
        let hook = try object.hook(packet.direction == .egress ? "casa_egress" : "casa_ingress", in: kernel)
        let context = try HookInput(packet).place(in: kernel)
        let run = TracedMachine(hook.program, environment: kernel.helpers)
            .run(arguments: [context], memory: kernel.memory)
        let outcome: Outcome =
            switch run.outcome {
            case .result(let value):
                Outcome(
                    passes: value & 1 == 1, counter: kernel.counter,
                    trap: value > 1 ? "it returned \(value)" : nil)
            case .trap(let reason): Outcome(passes: nil, counter: nil, trap: reason)
            }
        return (outcome, ObjectReplay.Replayed(run: run, listing: hook.listing))
    }

    /// An outcome in words, as in `passes, by rule 3`.
    func words(_ outcome: Outcome) -> String {
        if let trap = outcome.trap { return "the kernel would not have loaded it: \(trap)" }
        let counted = outcome.counter.map { counter in
            guard counter < ObjectReplay.reasonCounters else {
                return "rule \(counter - ObjectReplay.reasonCounters)"
            }
            return UInt8(exactly: counter).flatMap(Refusal.init)?.words ?? "reason \(counter)"
        }
        let verb = outcome.passes == true ? "passes" : "is refused"
        return "\(verb): \(counted ?? "counted under nothing")"
    }
}
