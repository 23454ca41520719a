import CasaBundle
import CasaCodegen
import CasaDiagnostics
import CasaPolicyIR
import Testing

@Suite struct DecisionCodeTests {
    private struct Compiled {
        let policy: NamespacePolicy
        let classes: ClassAssignment
        let object: NamespaceObject
        let machine: ObjectMachine

        init(_ policy: NamespacePolicy) throws {
            var diagnostics = DiagnosticBag()
            self.policy = policy
            classes = try ClassAssignment(policy, reporting: &diagnostics)
            object = try ObjectEmission().run(policy, reporting: &diagnostics)
            machine = try ObjectMachine(object.bytes)
        }

        /// How many of the corpus come out differently; the largest number of steps that one took.
        func mismatches(portStride: Int = 1) throws -> (wrong: Int, asked: Int, most: Int) {
            let corpus = QuestionCorpus(policy, classes: classes, portStride: portStride)
            var wrong = 0
            var most = 0
            for item in corpus.items {
                let answer = try machine.verdict(
                    subject: item.subject, class: UInt64(item.classNumber), question: UInt64(item.question))
                if answer.word != item.word { wrong += 1 }
                most = max(most, answer.steps)
            }
            return (wrong, corpus.items.count, most)
        }
    }

    @Test("a tree answers as the evaluator does", arguments: 0..<25)
    func trees(seed: Int) throws {
        var generator = PolicyGenerator(
            seed: UInt64(seed),
            shape: .init(subjects: 1 + seed % 5, rules: 3 + seed / 2, rangePercent: seed * 4))
        let compiled = try Compiled(generator.policy())
        let result = try compiled.mismatches()
        #expect(result.wrong == 0, "of \(result.asked), seed \(seed)")
    }

    @Test("a table without ranges answers as the evaluator does, in one probe", arguments: 0..<4)
    func exactTables(seed: Int) throws {
        var generator = PolicyGenerator(
            seed: UInt64(seed), shape: .init(subjects: 4, rules: 250, rangePercent: 0, services: 20))
        let compiled = try Compiled(generator.policy())
        #expect(compiled.object.decisions.form == .table)
        let result = try compiled.mismatches(portStride: 5)
        #expect(result.wrong == 0, "of \(result.asked), seed \(seed)")
        #expect(result.most < 80)
    }

    @Test("a table with ranges answers as the evaluator does", arguments: 0..<12)
    func rangeTables(seed: Int) throws {
        var generator = PolicyGenerator(
            seed: UInt64(seed),
            shape: .init(subjects: 3, rules: 150 + seed * 30, rangePercent: 10 + seed * 7, services: 10))
        let compiled = try Compiled(generator.policy())
        #expect(compiled.object.decisions.form == .table)
        let result = try compiled.mismatches(portStride: 11)
        #expect(result.wrong == 0, "of \(result.asked), seed \(seed)")
    }

    @Test("random numbers are answered as the evaluator does, or with 0", arguments: [10, 60, 200, 500])
    func randomQuestions(rules: Int) throws {
        var generator = PolicyGenerator(
            seed: UInt64(rules), shape: .init(subjects: 4, rules: rules, rangePercent: 50))
        let compiled = try Compiled(generator.policy())
        var random = SeededRandom(seed: UInt64(rules))
        let items = QuestionCorpus.random(
            compiled.policy, classes: compiled.classes, count: 5000, using: &random)
        var wrong = 0
        for item in items {
            let answer = try compiled.machine.verdict(
                subject: item.subject, class: UInt64(item.classNumber), question: UInt64(item.question))
            if answer.word != item.word { wrong += 1 }
        }
        #expect(wrong == 0, "of \(items.count)")
        #expect(items.contains { $0.word != 0 })
    }

    @Test("a hole in a range is a port of its own, and the range stays whole")
    func holes() throws {
        let subject = PolicyGenerator.workload(0)
        func rule(_ peer: PeerClass, _ ports: ClosedRange<UInt16>, _ effect: Effect) -> Rule {
            Rule(
                subject: subject, direction: .egress, peer: peer, transport: .tcp, ports: ports,
                effect: effect,
                source: .written(policy: "p"), origin: nil)
        }
        var rules: [Rule] = []
        for number in 0..<100 {
            let peer = PeerClass.service(ServiceID(namespace: "shop", name: "s\(number)"))
            rules.append(rule(peer, 0...65535, .allow))
            rules.append(rule(peer, UInt16(100 + number * 7)...UInt16(100 + number * 7), .deny))
        }
        let compiled = try Compiled(
            NamespacePolicy(
                name: "shop", subjects: [Subject(workload: subject, hostNetwork: false, origin: nil)],
                rules: rules,
                runtime: RuntimeTables()))
        #expect(compiled.object.decisions.form == .table)
        // One port and one range for each of the hundred, not a range for each side of each hole.
        #expect(compiled.object.decisions.entries == 200)
        let result = try compiled.mismatches(portStride: 7)
        #expect(result.wrong == 0, "of \(result.asked)")
    }

    @Test("what is not a question is answered with 0", arguments: [2, 400])
    func nonsense(rules: Int) throws {
        var generator = PolicyGenerator(seed: 3, shape: .init(subjects: 3, rules: rules, rangePercent: 60))
        let policy = generator.policy()
        let compiled = try Compiled(policy)
        #expect(compiled.object.decisions.form == (rules == 2 ? .tree : .table))
        let machine = compiled.machine
        let corpus = QuestionCorpus(policy, classes: compiled.classes, portStride: rules == 2 ? 1 : 40)
        let allowed = try #require(corpus.items.first { $0.word != 0 && $0.classNumber > 1 })
        let number = UInt64(allowed.classNumber)
        let question = UInt64(allowed.question)
        func word(subject: UInt32, _ number: UInt64, _ question: UInt64) throws -> UInt32 {
            try machine.verdict(subject: subject, class: number, question: question).word
        }
        #expect(try word(subject: allowed.subject, number, question) == allowed.word)
        // The arguments are 32 bits wide; what stands above them does not count.
        #expect(try word(subject: allowed.subject, number | 5 << 32, question | 9 << 32) == allowed.word)
        for subject: UInt32 in [0, 4, 0x1_0000 | allowed.subject, 0xFFFF_FFFF] {
            #expect(try word(subject: subject, number, question) == 0)
        }
        for other: UInt64 in [0, 15, 9999, number | 0x1_0000, number | 0x8000_0000] {
            #expect(try word(subject: allowed.subject, other, question) == 0)
        }
        for bits: UInt64 in [0x200_0000, 0x80_0000, 0x8000_0000, 0x20_0000, 0x40_0000] {
            #expect(try word(subject: allowed.subject, number, question | bits) == 0)
        }
        #expect(try word(subject: allowed.subject, number, question & 0xFFFF) == 0)
    }

    @Test("regions in code are the regions of the assignment", arguments: 0..<15)
    func regions(seed: Int) throws {
        var generator = PolicyGenerator(seed: UInt64(seed), shape: .init(rules: 10 + seed * 10))
        let compiled = try Compiled(generator.policy())
        var random = SeededRandom(seed: UInt64(seed))
        var addresses: [IPAddress] = [.v4(0), .v4(.max), .v6(high: 0, low: 0), .v6(high: .max, low: .max)]
        for case .block(let block) in compiled.policy.peers {
            addresses += block.addresses.lowerBound.neighbours + block.addresses.upperBound.neighbours
        }
        for _ in 0..<500 {
            addresses.append(.v4(UInt32.random(in: 0...UInt32.max, using: &random)))
            addresses.append(.v6(high: random.next(), low: random.next()))
        }
        for address in addresses {
            let found =
                switch address {
                case .v4(let value): try compiled.machine.region4(value)
                case .v6(let high, let low): try compiled.machine.region6(high: high, low: low)
                }
            #expect(found == UInt64(address.region(in: compiled.classes)), "\(address), seed \(seed)")
        }
    }

    @Test("the largest numbers of blocks that are accepted fit into code, one more is refused")
    func manyBlocks() throws {
        let subject = PolicyGenerator.workload(0)
        func policy(v4: Int, v6: Int) throws -> NamespacePolicy {
            var rules: [Rule] = []
            func add(_ block: CIDRBlock?) throws {
                rules.append(
                    Rule(
                        subject: subject, direction: .egress, peer: .block(try #require(block)),
                        transport: .tcp,
                        ports: 443...443, source: .written(policy: "p"), origin: nil))
            }
            for number in 0..<v4 { try add(CIDRBlock(.v4(UInt32(number) << 16 | 0x8000), prefixLength: 20)) }
            for number in 0..<v6 {
                try add(
                    CIDRBlock(
                        .v6(high: 0xFD00_0000_0000_0001 + UInt64(number) * 16, low: 1 << 63), prefixLength: 65
                    ))
            }
            return NamespacePolicy(
                name: "shop", subjects: [Subject(workload: subject, hostNetwork: false, origin: nil)],
                rules: rules,
                runtime: RuntimeTables())
        }
        let compiled = try Compiled(policy(v4: 4999, v6: 1999))
        #expect(compiled.classes.regions4.steps.count == 9999)
        #expect(compiled.classes.regions6.steps.count == 3999)
        for step in compiled.classes.regions4.steps {
            #expect(try compiled.machine.region4(step.start) == UInt64(step.classNumber))
        }
        for step in compiled.classes.regions6.steps {
            let found = try compiled.machine.region6(
                high: UInt64(truncatingIfNeeded: step.start >> 64),
                low: UInt64(truncatingIfNeeded: step.start))
            #expect(found == UInt64(step.classNumber))
        }
        var diagnostics = DiagnosticBag()
        let larger = try policy(v4: 5001, v6: 2001)
        #expect(throws: Reported.self) { try ObjectEmission().run(larger, reporting: &diagnostics) }
        #expect(diagnostics.diagnostics.map(\.code) == [.tooManyClasses, .tooManyClasses])
    }
}
