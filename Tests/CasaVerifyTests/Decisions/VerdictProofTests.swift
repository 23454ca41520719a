import CasaBPF
import CasaBundle
import CasaPolicyIR
import CasaSMT
import CasaTestSupport
import CasaVerify
import Testing

@Suite struct VerdictProofTests {
    static let forms: [Manifest.DecisionSummary.Form] = [.tree, .table]

    @Test("what the compiler makes of a policy is proved to be the policy", arguments: 0..<25, forms)
    func honest(seed: Int, form: Manifest.DecisionSummary.Form) throws {
        let specimen = try Specimen(seed: seed, as: form)
        #expect(Outcome.ofVerdict(specimen.bytes, specimen.claimed) == .proved)
    }

    @Test("a policy that says anything else is refuted, by a question on which they differ", arguments: forms)
    func otherPolicy(form: Manifest.DecisionSummary.Form) throws {
        let specimen = try Specimen(seed: 3, as: form)
        let claimed = specimen.claimed
        for number in claimed.rules.indices {
            let rule = claimed.rules[number]
            let changes = [
                rule.changed(effect: rule.effect == .deny ? .allow : .deny),
                rule.changed(direction: rule.direction == .egress ? .ingress : .egress),
                rule.changed(subject: rule.subject == 1 ? 2 : 1),
                rule.changed(ports: rule.ports.shifted),
            ]
            for change in changes {
                let other = claimed.replacing(number) { _ in change }
                let outcome = Outcome.ofVerdict(specimen.bytes, other)
                guard case .refuted(.decision(let example)) = outcome else {
                    // Stronger rules may hide this one.
                    #expect(outcome == .proved && other.verdict == claimed.verdict, "\(change): \(outcome)")
                    continue
                }
                #expect(example.expected == other.word(example))
                #expect(example.found == claimed.word(example))
                #expect(example.found != example.expected)
            }
        }
    }

    @Test("one bit of the code or the table: never proved, unless nobody can tell", arguments: 0..<4, forms)
    func flippedBits(seed: Int, form: Manifest.DecisionSummary.Form) throws {
        let specimen = try Specimen(seed: seed, as: form)
        let proof = VerdictProof(of: specimen.claimed)
        var places = Array(try specimen.place(ofFunction: "casa_verdict"))
        if form == .table { places += Array(try specimen.place(ofSection: ".rodata.decisions")) }
        var random = SeededGenerator(seed: UInt64(seed))
        var counts: [String: Int] = [:]
        for _ in 0..<60 {
            let place = random.pick(places)
            let bytes = specimen.flipped(bit: random.number(below: 8), at: place)
            let outcome = Outcome { [try proof.run(try BPFObject(bytes)).answer] }
            switch outcome {
            case .proved:
                counts["proved", default: 0] += 1
                guard counts["proved", default: 0] <= 5 else { continue }
                #expect(try Questions(specimen).disagreement(bytes) == nil, "at \(place)")
            case .refuted: counts["refuted", default: 0] += 1
            case .rejected: counts["rejected", default: 0] += 1
            case .undecided(let reason): Issue.record("undecided: \(reason)")
            }
        }
        #expect(counts["refuted", default: 0] > 5, "\(counts)")
    }

    @Test("code that denies everything is refuted where the policy allows something", arguments: forms)
    func vacuity(form: Manifest.DecisionSummary.Form) throws {
        let nothing = try Specimen(
            NamespacePolicy(
                name: "shop",
                subjects: [Subject(workload: PolicyGenerator.workload(0), hostNetwork: true, origin: nil)],
                rules: [], runtime: RuntimeTables()), as: .tree)
        let single = try Specimen.single(as: form)
        #expect(Outcome.ofVerdict(nothing.bytes, nothing.claimed) == .proved)
        let asked = DecisionCounterexample(
            subject: 1, classNumber: 16, question: 6 << 16 | 443, found: 0, expected: 0x02FF_FFFF)
        #expect(Outcome.ofVerdict(nothing.bytes, single.claimed) == .refuted(.decision(asked)))
        #expect(Outcome.ofVerdict(single.bytes, nothing.claimed).isRefuted)
    }

    @Test(
        "a bound that is off by one, another subject, another direction: each is told apart", arguments: forms
    )
    func neighbours(form: Manifest.DecisionSummary.Form) throws {
        let claimed = try Specimen.single(port: 1024...2048, subjects: 2, as: form).claimed
        let others = [
            try Specimen.single(port: 1025...2048, subjects: 2, as: form),
            try Specimen.single(port: 1023...2048, subjects: 2, as: form),
            try Specimen.single(port: 1024...2047, subjects: 2, as: form),
            try Specimen.single(port: 1024...2049, subjects: 2, as: form),
            try Specimen.single(port: 1024...2048, direction: .ingress, subjects: 2, as: form),
            try Specimen.single(port: 1024...2048, subjects: 2, of: 1, as: form),
            try Specimen.single(port: 1024...2048, effect: .auditedDeny, subjects: 2, as: form),
        ]
        for other in others {
            #expect(Outcome.ofVerdict(other.bytes, other.claimed) == .proved)
            #expect(Outcome.ofVerdict(other.bytes, claimed).isRefuted)
        }
    }

    @Test("without resources for the solver nothing is proved", arguments: forms)
    func limits(form: Manifest.DecisionSummary.Form) throws {
        let specimen = try Specimen(seed: 1, as: form)
        let outcome = Outcome.ofVerdict(
            specimen.bytes, specimen.claimed, limits: SolverLimits(resources: 1))
        #expect(outcome == .undecided(.resources))
    }

    @Test("the same proof asks the same questions, in as many steps", arguments: forms)
    func deterministic(form: Manifest.DecisionSummary.Form) throws {
        let specimen = try Specimen(seed: 2, as: form)
        func run() throws -> (scripts: [SMTLIBScript], questions: Int, steps: UInt64) {
            var scripts: [SMTLIBScript] = []
            let result = try VerdictProof(of: specimen.claimed) { scripts.append($0) }
                .run(try BPFObject(specimen.bytes))
            return (scripts, result.questions, result.steps)
        }
        let (first, second) = (try run(), try run())
        #expect(first.scripts == second.scripts && !first.scripts.isEmpty)
        #expect(first.questions == second.questions && first.steps == second.steps)
        let solver = try Solver()
        for script in first.scripts { #expect(try solver.check(script: script.text) == .unsatisfiable) }
    }
}

extension ClosedRange<UInt16> {
    /// A range that ends one port earlier, or later where there is only one.
    fileprivate var shifted: Self {
        count > 1
            ? lowerBound...upperBound - 1 : lowerBound == 65535 ? 65534...65535 : lowerBound...upperBound + 1
    }
}

extension ClassifiedPolicy {
    fileprivate func word(_ asked: DecisionCounterexample) -> UInt32 {
        word(subject: asked.subject, class: asked.classNumber, question: asked.question)
    }
}
