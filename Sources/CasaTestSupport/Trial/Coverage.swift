internal import CasaBundle
package import CasaPolicyIR

/// What the packets of policies have tried.
package struct Coverage {
    package var policies = 0
    package var trees = 0
    package var rules = 0
    /// Rules that decided a packet, and those that were missed by one.
    package var hitRules = 0
    package var missedRules = 0
    /// Rules without an address in their class, and those overruled by stronger ones on every packet made for them.
    package var emptyRules = 0
    package var overruledRules = 0
    package var packets = 0
    package var allowed = 0
    package var instructions = 0
    package var kinds: [GeneratedPacket.Kind: (packets: Int, allowed: Int)] = [:]
    package var refusals: [Refusal: Int] = [:]

    private var ruleStates: [RuleState] = []

    private struct RuleState {
        var isTried = false
        var isHit = false
        var isMissed = false
    }

    package init() {}

    package init(of compiled: CompiledPolicy) {
        policies = 1
        trees = compiled.form == .tree ? 1 : 0
        ruleStates = Array(repeating: RuleState(), count: compiled.policy.rules.count)
    }

    /// Of so many packets that decisions cannot tell apart.
    package mutating func note(
        _ packet: GeneratedPacket, _ verdict: PacketEvaluator.Verdict, times count: Int = 1
    ) {
        packets += count
        if verdict.passes { allowed += count }
        kinds[packet.kind, default: (0, 0)].packets += count
        if verdict.passes { kinds[packet.kind, default: (0, 0)].allowed += count }
        if let refusal = verdict.refusal { refusals[refusal, default: 0] += count }
        if let rule = verdict.decision.rule { ruleStates[rule].isHit = true }
        guard let rule = packet.rule else { return }
        switch packet.kind {
        case .hit, .reply: ruleStates[rule].isTried = true
        case .loopback:
            ruleStates[rule].isTried = true
            if verdict.decision.rule != rule { ruleStates[rule].isMissed = true }
        case .portMiss, .addressMiss, .transportMiss, .directionMiss, .subjectMiss:
            if verdict.decision.rule != rule { ruleStates[rule].isMissed = true }
        case .anywhere, .fragment, .options, .extensions, .otherProtocol, .truncated, .damaged, .noise: break
        }
    }

    /// Of another policy.
    package mutating func add(_ other: Coverage) {
        policies += other.policies
        trees += other.trees
        addPackets(other)
        for state in other.ruleStates {
            rules += 1
            if state.isHit {
                hitRules += 1
            } else if state.isTried {
                overruledRules += 1
            } else {
                emptyRules += 1
            }
            if state.isMissed { missedRules += 1 }
        }
    }

    /// Of the same policy, by other packets.
    package mutating func addSamePolicy(_ other: Coverage) {
        let states = zip(ruleStates, other.ruleStates).map { own, others in
            RuleState(
                isTried: own.isTried || others.isTried, isHit: own.isHit || others.isHit,
                isMissed: own.isMissed || others.isMissed)
        }
        ruleStates = states
        addPackets(other)
    }

    private mutating func addPackets(_ other: Coverage) {
        packets += other.packets
        allowed += other.allowed
        instructions += other.instructions
        for (kind, count) in other.kinds {
            kinds[kind, default: (0, 0)].packets += count.packets
            kinds[kind, default: (0, 0)].allowed += count.allowed
        }
        refusals.merge(other.refusals, uniquingKeysWith: +)
    }

    package var allowedShare: Double { Double(allowed) / Double(max(packets, 1)) }
    /// Made for a rule and its neighbours.
    package var boundaryShare: Double {
        let others: Set<GeneratedPacket.Kind> = [
            .anywhere, .fragment, .options, .extensions, .otherProtocol, .truncated, .damaged, .noise,
        ]
        return Double(kinds.filter { !others.contains($0.key) }.map(\.value.packets).reduce(0, +))
            / Double(max(packets, 1))
    }
}

extension Coverage: CustomStringConvertible {
    package var description: String {
        let kinds = GeneratedPacket.Kind.allCases.compactMap { kind in
            self.kinds[kind].map { "  \(kind.rawValue): \($0.packets), \($0.allowed) allowed" }
        }
        let refusals = Refusal.allCases.compactMap { refusal in
            self.refusals[refusal].map { "\(refusal) \($0)" }
        }
        return """
            \(packets) packets of \(policies) policies (\(trees) trees, \(policies - trees) tables): \
            \(Self.percent(allowedShare)) allowed, \(Self.percent(boundaryShare)) at rule boundaries
            \(rules) rules: \(hitRules) decided a packet, \(overruledRules) overruled on all of theirs, \
            \(emptyRules) without addresses; \(missedRules) missed by one
            refused: \(refusals.joined(separator: ", "))
            \(kinds.joined(separator: "\n"))
            """
    }

    private static func percent(_ share: Double) -> String {
        "\(Int(share * 1000) / 10).\(Int(share * 1000) % 10) %"
    }
}
