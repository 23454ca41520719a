import CasaBPF
import CasaPolicyIR
import CasaSMT
import CasaVerify
import Testing

/// What came of a proof, as far as tests tell it apart.
enum Outcome: Hashable {
    case proved
    case refuted(Counterexample)
    case undecided(Undecided)
    /// Not an object of ours, or code outside the model.
    case rejected(String)

    var isRefuted: Bool { if case .refuted = self { true } else { false } }

    var isRejected: Bool { if case .rejected = self { true } else { false } }

    init(_ answers: () throws -> [Answer<Counterexample>]) {
        do {
            let answer = ProofResult(
                try answers().map {
                    ObligationResult(name: "", answer: $0, questions: 0, steps: 0, time: .zero)
                }
            ).answer
            switch answer {
            case .proved: self = .proved
            case .refuted(let counterexample): self = .refuted(counterexample)
            case .undecided(let reason): self = .undecided(reason)
            }
        } catch {
            self = .rejected("\(error)")
        }
    }

    static func ofVerdict(
        _ bytes: [UInt8], _ policy: ClassifiedPolicy, limits: SolverLimits = SolverLimits()
    ) -> Outcome {
        Outcome { [try VerdictProof(of: policy, limits: limits).run(try BPFObject(bytes)).answer] }
    }

    static func ofRegions(
        _ bytes: [UInt8], _ policy: ClassifiedPolicy, limits: SolverLimits = SolverLimits()
    ) -> Outcome {
        Outcome { try RegionProof(of: policy, limits: limits).run(try BPFObject(bytes)).map(\.answer) }
    }
}

extension ClassifiedPolicy {
    /// The same with one rule replaced.
    func replacing(_ number: Int, _ change: (Rule) -> Rule) -> ClassifiedPolicy {
        var rules = rules
        rules[number] = change(rules[number])
        return ClassifiedPolicy(subjectCount: subjectCount, rules: rules, regions: regions)
    }
}

extension ClassifiedPolicy.Rule {
    func changed(
        subject: UInt16? = nil, direction: Direction? = nil, ports: ClosedRange<UInt16>? = nil,
        transport: Transport? = nil, effect: Effect? = nil
    ) -> Self {
        Self(
            subject: subject ?? self.subject, direction: direction ?? self.direction, classes: classes,
            transport: transport ?? self.transport, ports: ports ?? self.ports, effect: effect ?? self.effect)
    }
}
