import CasaBundle
import CasaPolicyIR
import CasaTestSupport

/// What the packets of policies have tried.
struct Coverage {
    var policies = 0
    var trees = 0
    var rules = 0
    /// Rules that decided a packet, and those that were missed by one.
    var hitRules = 0
    var missedRules = 0
    /// Rules without an address in their class, and those overruled by stronger ones on every packet made for them.
    var emptyRules = 0
    var overruledRules = 0
    var packets = 0
    var allowed = 0
    var instructions = 0
    var kinds: [GeneratedPacket.Kind: (packets: Int, allowed: Int)] = [:]
    var refusals: [Refusal: Int] = [:]

    private var ruleStates: [RuleState] = []

    private struct RuleState {
        var isTried = false
        var isHit = false
        var isMissed = false
    }

    init() {}

    init(of compiled: CompiledPolicy) {
        policies = 1
        trees = compiled.form == .tree ? 1 : 0
        ruleStates = Array(repeating: RuleState(), count: compiled.policy.rules.count)
    }

    mutating func note(_ packet: GeneratedPacket, _ verdict: PacketEvaluator.Verdict) {
        packets += 1
        if verdict.passes { allowed += 1 }
        kinds[packet.kind, default: (0, 0)].packets += 1
        if verdict.passes { kinds[packet.kind, default: (0, 0)].allowed += 1 }
        if let refusal = verdict.refusal { refusals[refusal, default: 0] += 1 }
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

    mutating func add(_ other: Coverage) {
        policies += other.policies
        trees += other.trees
        packets += other.packets
        allowed += other.allowed
        instructions += other.instructions
        for (kind, count) in other.kinds {
            kinds[kind, default: (0, 0)].packets += count.packets
            kinds[kind, default: (0, 0)].allowed += count.allowed
        }
        refusals.merge(other.refusals, uniquingKeysWith: +)
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

    var allowedShare: Double { Double(allowed) / Double(max(packets, 1)) }
    /// Made for a rule and its neighbours.
    var boundaryShare: Double {
        let others: Set<GeneratedPacket.Kind> = [
            .anywhere, .fragment, .options, .extensions, .otherProtocol, .truncated, .damaged, .noise,
        ]
        return Double(kinds.filter { !others.contains($0.key) }.map(\.value.packets).reduce(0, +))
            / Double(max(packets, 1))
    }
}

extension Coverage: CustomStringConvertible {
    var description: String {
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
