internal import CasaBPF
package import CasaNode
package import CasaPolicyIR

/// What the evaluator says a packet or a call comes to, down to counters and events.
package struct Reference {
    private let policy: NamespacePolicy
    private let evaluator: PacketEvaluator
    private let reportsAllowed: Bool

    package init(_ generated: GeneratedPolicy, reportsAllowed: Bool) {
        policy = generated.policy
        evaluator = PacketEvaluator(generated.policy, book: generated.book)
        self.reportsAllowed = reportsAllowed
    }

    package struct Answer {
        package let verdict: PacketEvaluator.Verdict
        package let counter: Int?
        /// `nil` where nothing is reported.
        package let event: Event?

        package var passes: Bool { verdict.passes }
    }

    /// What a record has to say.
    package struct Event: Equatable {
        package let subject: UInt32
        package let hook: EventRecord.Hook
        package let direction: Direction
        package let rule: Int?
        package let effect: Effect?
        package let refusal: Refusal
        package let length: UInt32
        /// Of packets and calls whose addresses were read.
        package var peer: Peer?

        package struct Peer: Equatable {
            let address: IPAddress?
            let protocolNumber: UInt8
            let localPort: UInt16
            let remotePort: UInt16
        }
    }

    private func workload(_ subject: Int) -> WorkloadID? {
        subject == 0 ? nil : policy.subjects[subject - 1].workload
    }

    /// `isNewPeer` is for what an unconnected socket sends: whether it has not asked this peer lately.
    package func answer(
        to packet: GeneratedPacket, socket: PacketEvaluator.Socket = .init(), isNewPeer: Bool = true
    ) -> Answer {
        let verdict = evaluator.judge(
            packet.bytes, subject: workload(packet.subject), direction: packet.hook,
            onLoopback: packet.onLoopback,
            socket: socket)
        let header = try? PacketHeader.parse(packet.bytes).get()
        var opens = false
        if verdict.passes, !packet.onLoopback, let header, let rule = verdict.decision.rule,
            policy.rules[rule].direction == packet.hook
        {
            switch (header.transport, packet.hook) {
            case (.udp, .ingress): opens = true
            case (.udp, .egress): opens = isNewPeer
            case (.tcp, .ingress), (.any, .ingress): opens = header.opensFlow
            case (.tcp, .egress), (.any, .egress): opens = false
            }
        }
        var event = event(
            verdict, hook: packet.hook == .egress ? .egress : .ingress, packet.hook, packet.subject,
            opens: opens, length: packet.bytes.count)
        if packet.subject != 0, !packet.onLoopback, let header { event?.peer = peer(of: header, packet.hook) }
        return Answer(verdict: verdict, counter: Self.counter(of: verdict), event: event)
    }

    private func peer(of header: PacketHeader, _ hook: Direction) -> Event.Peer {
        hook == .egress
            ? .init(
                address: header.destination, protocolNumber: header.transport.number,
                localPort: header.sourcePort, remotePort: header.destinationPort)
            : .init(
                address: header.source, protocolNumber: header.transport.number,
                localPort: header.destinationPort, remotePort: header.sourcePort)
    }

    package func answer(to call: GeneratedCall, subject: Int) -> Answer {
        let verdict = evaluator.judge(
            callTo: .init(address: call.address, port: call.port), over: call.transport,
            from: call.localPort == 0 ? nil : call.localPort, subject: workload(subject))
        let hook: EventRecord.Hook =
            switch call.hook {
            case .connect4: .connect4
            case .connect6: .connect6
            case .sendmsg4: .sendmsg4
            case .sendmsg6: .sendmsg6
            case .egress, .ingress, .socketCreate: preconditionFailure("packets and new sockets are no calls")
            }
        var event = event(
            verdict, hook: hook, .egress, subject, opens: hook == .connect4 || hook == .connect6, length: 0)
        event?.peer = Event.Peer(
            address: call.address, protocolNumber: subject == 0 ? 0 : call.transport?.number ?? 0,
            localPort: call.localPort, remotePort: call.port)
        return Answer(
            verdict: verdict, counter: verdict.passes ? nil : Self.counter(of: verdict), event: event)
    }

    /// Every refusal is reported; what passes only where a flow opens.
    private func event(
        _ verdict: PacketEvaluator.Verdict, hook: EventRecord.Hook, _ direction: Direction, _ subject: Int,
        opens: Bool, length: Int
    ) -> Event? {
        let decision = verdict.decision
        let isReported = !verdict.passes || (opens && (reportsAllowed || decision.effect == .auditedDeny))
        guard isReported else { return nil }
        return Event(
            subject: UInt32(subject), hook: hook, direction: direction, rule: decision.rule,
            effect: decision.effect, refusal: verdict.refusal ?? .rule, length: UInt32(length))
    }

    /// By rule behind the reasons.
    private static func counter(of verdict: PacketEvaluator.Verdict) -> Int {
        verdict.decision.rule.map { 16 + $0 } ?? Int((verdict.refusal ?? .rule).rawValue)
    }
}

extension Reference.Answer {
    /// How a program's answer differs; `nil` where it is the same.
    package func difference(from answer: HookAnswer) -> String? {
        if passes != answer.passes { return "the verdict differs" }
        if counter != answer.counter { return "the counter differs" }
        guard let event else { return answer.event == nil ? nil : "an event that should not be" }
        guard let bytes = answer.event else { return "no event" }
        guard let record = try? EventRecord(bytes) else { return "an unreadable event" }
        var seen = Reference.Event(
            subject: record.subject, hook: record.hook, direction: record.direction, rule: record.rule,
            effect: record.effect, refusal: record.refusal, length: record.length)
        if event.peer != nil {
            seen.peer = .init(
                address: record.peer, protocolNumber: record.protocolNumber, localPort: record.localPort,
                remotePort: record.remotePort)
        }
        return seen == event ? nil : "the event differs"
    }
}

extension Reference.Answer: CustomStringConvertible {
    package var description: String {
        let rule = verdict.decision.rule.map { "rule \($0)" } ?? "no rule"
        let reason = verdict.refusal.map { ", \($0)" } ?? ""
        return
            "\(passes ? "passes" : "is refused") by \(rule)\(reason), \(event == nil ? "no event" : "an event")"
    }
}
