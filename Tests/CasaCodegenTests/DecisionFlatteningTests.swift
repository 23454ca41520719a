import CasaCodegen
import CasaDiagnostics
import CasaPolicyIR
import Testing

@Suite struct DecisionFlatteningTests {
    @Test("flat decisions are those of the evaluator at every boundary port", arguments: 0..<24)
    func agree(seed: Int) throws {
        var generator = PolicyGenerator(
            seed: UInt64(seed),
            shape: .init(subjects: 1 + seed % 4, rules: 5 + seed * 4, rangePercent: seed * 2))
        let policy = generator.policy()
        var diagnostics = DiagnosticBag()
        let classes = try ClassAssignment(policy, reporting: &diagnostics)
        let flat = try DecisionFlattening.run(policy, classes: classes, reporting: &diagnostics)
        let flows = Dictionary(uniqueKeysWithValues: flat.entries.map { ($0.flow, $0.intervals) })
        var mismatches = 0
        let corpus = QuestionCorpus(policy, classes: classes, portStride: 1 + seed / 8)
        for item in corpus.items {
            let flow = FlatDecisions.Flow(
                subject: Int(item.subject), classNumber: item.classNumber,
                direction: item.question >> 24 == 0 ? .egress : .ingress,
                transport: try #require(
                    Transport.allCases.first { UInt32($0.number) == item.question >> 16 & 0xFF }))
            let port = UInt16(truncatingIfNeeded: item.question)
            let word = flows[flow]?.first { $0.ports.contains(port) }?.word ?? 0
            if word != item.word { mismatches += 1 }
        }
        #expect(mismatches == 0, "of \(corpus.items.count), seed \(seed)")
    }

    @Test("intervals ascend, do not overlap, and neighbours that touch differ", arguments: 0..<20)
    func normalForm(seed: Int) throws {
        var generator = PolicyGenerator(seed: UInt64(seed), shape: .init(rules: 120, rangePercent: 80))
        let policy = generator.policy()
        var diagnostics = DiagnosticBag()
        let classes = try ClassAssignment(policy, reporting: &diagnostics)
        let flat = try DecisionFlattening.run(policy, classes: classes, reporting: &diagnostics)
        #expect(zip(flat.entries, flat.entries.dropFirst()).allSatisfy { $0.flow < $1.flow })
        for entry in flat.entries {
            #expect(!entry.intervals.isEmpty && entry.intervals.allSatisfy { $0.word != 0 })
            for (left, right) in zip(entry.intervals, entry.intervals.dropFirst()) {
                #expect(left.ports.upperBound < right.ports.lowerBound)
                let touch = Int(left.ports.upperBound) + 1 == Int(right.ports.lowerBound)
                #expect(!touch || left.word != right.word)
            }
        }
    }

    @Test("a thousand overlapping ranges of one flow join as the maximum at every port")
    func manyOverlaps() throws {
        var random = SeededRandom(seed: 7)
        let subject = PolicyGenerator.workload(0)
        let rules = (0..<1000).map { _ in
            let first = UInt16.random(in: 0...65535, using: &random)
            let second = UInt16.random(in: 0...65535, using: &random)
            return Rule(
                subject: subject, direction: .egress, peer: .node, transport: .tcp,
                ports: min(first, second)...max(first, second),
                effect: random.pick([.auditedDeny, .allow, .deny, .quarantine]),
                source: .written(policy: "p"), origin: nil)
        }
        let policy = NamespacePolicy(
            name: "shop", subjects: [Subject(workload: subject, hostNetwork: false, origin: nil)],
            rules: rules,
            runtime: RuntimeTables())
        var diagnostics = DiagnosticBag()
        let classes = try ClassAssignment(policy, reporting: &diagnostics)
        let flat = try DecisionFlattening.run(policy, classes: classes, reporting: &diagnostics)
        var words = [UInt32](repeating: 0, count: 65536)
        for (number, rule) in policy.rules.enumerated() {
            let word = Decision(effect: rule.effect, rule: number).word
            for port in rule.ports { words[Int(port)] = max(words[Int(port)], word) }
        }
        var flatWords = [UInt32](repeating: 0, count: 65536)
        for interval in try #require(flat.entries.first).intervals {
            for port in interval.ports { flatWords[Int(port)] = interval.word }
        }
        #expect(flat.entries.count == 1)
        #expect(words == flatWords)
    }

    @Test("rules that would make more decisions than the compiler takes are refused")
    func tooMany() throws {
        let subjects = (0..<200).map {
            Subject(workload: PolicyGenerator.workload($0), hostNetwork: false, origin: nil)
        }
        let everything = try #require(CIDRBlock("0.0.0.0/0"))
        var rules = subjects.map {
            Rule(
                subject: $0.workload, direction: .egress, peer: .block(everything), transport: .any,
                ports: 0...65535, source: .written(policy: "p"), origin: nil)
        }
        for number in 0..<20_000 {
            let block = try #require(CIDRBlock(.v4(UInt32(number) << 12), prefixLength: 24))
            rules.append(
                Rule(
                    subject: subjects[0].workload, direction: .egress, peer: .block(block), transport: .tcp,
                    ports: 80...80, source: .written(policy: "p"), origin: nil))
        }
        let policy = NamespacePolicy(name: "shop", subjects: subjects, rules: rules, runtime: RuntimeTables())
        var diagnostics = DiagnosticBag()
        let classes = try ClassAssignment(policy, reporting: &diagnostics)
        #expect(throws: Reported.self) {
            try DecisionFlattening.run(policy, classes: classes, reporting: &diagnostics)
        }
        #expect(diagnostics.diagnostics.map(\.code) == [.tooManyRules])
    }
}
