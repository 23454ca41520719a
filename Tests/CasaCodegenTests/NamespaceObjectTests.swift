import CasaBPF
import CasaBundle
import CasaCodegen
import CasaDiagnostics
import CasaPolicyIR
import Testing

@Suite struct NamespaceObjectTests {
    private func compile(_ policy: NamespacePolicy) throws -> NamespaceObject {
        var diagnostics = DiagnosticBag()
        return try ObjectEmission().run(policy, reporting: &diagnostics)
    }

    @Test("the same policy gives the same bytes, in whatever order its rules come", arguments: [20, 500])
    func deterministic(rules: Int) throws {
        var generator = PolicyGenerator(seed: 11, shape: .init(subjects: 4, rules: rules))
        let policy = generator.policy()
        let first = try compile(policy)
        var random = SeededRandom(seed: 5)
        for _ in 0..<3 {
            let shuffled = NamespacePolicy(
                name: policy.name, subjects: policy.subjects.shuffled(using: &random),
                rules: policy.rules.shuffled(using: &random), runtime: policy.runtime)
            #expect(try compile(shuffled) == first)
        }
    }

    @Test("a rule's code has the rule's line, and other code the file `casa`")
    func lineRecords() throws {
        var generator = PolicyGenerator(seed: 2, shape: .init(subjects: 2, rules: 12))
        let policy = generator.policy()
        let object = try BPFObject(compile(policy).bytes)
        let verdict = try #require(object.functions.first { $0.name == "casa_verdict" })
        let instructions = try Program(decoding: #require(EncodedInstruction.slots(of: verdict.code)))
        var seen: Set<Int> = []
        for (index, step) in instructions.steps.enumerated() {
            guard case .arithmetic(.move, .bits32, .r0, .immediate(let value)) = step.instruction, value != 0,
                let rule = Decision(word: UInt32(bitPattern: value)).rule
            else { continue }
            let slot = instructions.slots[index]
            let line = try #require(verdict.lines.last { $0.instruction <= slot })
            if let origin = policy.rules[rule].origin {
                #expect(object.btf[line.file] == origin.file.name)
                #expect(line.line == origin.start.line && line.column == origin.start.column)
                #expect(object.btf[line.text] == "  - rule: number-\(origin.start.line)")
                seen.insert(rule)
            } else {
                #expect(object.btf[line.file] == "casa")
            }
        }
        #expect(!seen.isEmpty)
        for function in object.functions
        where function.name.hasPrefix("casa_region") || function.name == "casa_verdict" {
            #expect(object.btf[try #require(function.lines.first).file] == "casa")
        }
    }

    @Test("the object defines what the template asks for, and nobody is its subject")
    func contents() throws {
        var generator = PolicyGenerator(seed: 4, shape: .init(subjects: 3, rules: 400))
        let compiled = try compile(generator.policy())
        let object = try BPFObject(compiled.bytes)
        #expect(object.programs.count == BPFProgramKind.allCases.count)
        let globals = object.functions.filter(\.isGlobal).map(\.name)
        #expect(Set(globals).isSuperset(of: ["casa_verdict", "casa_region4", "casa_region6"]))
        #expect(object.dataMap(named: ".rodata.subject")?.bytes == [0, 0, 0, 0])
        #expect(object.dataMap(named: ".rodata.decisions")?.bytes.count == compiled.decisions.tableBytes)
        #expect(object.dataMap(named: ".rodata.decisions")?.isReadOnly == true)
    }

    @Test("ten thousand entries take at most 16 bytes each and compile in a moment")
    func tenThousandEntries() throws {
        let subjects = (0..<10).map {
            Subject(workload: PolicyGenerator.workload($0), hostNetwork: false, origin: nil)
        }
        var rules: [Rule] = []
        for number in 0..<10_000 {
            let service = ServiceID(namespace: "shop", name: "service-\(number / 10 % 500)")
            rules.append(
                Rule(
                    subject: subjects[number % 10].workload, direction: .egress, peer: .service(service),
                    transport: .tcp, ports: UInt16(8000 + number / 5000)...UInt16(8000 + number / 5000),
                    source: .written(policy: "p"), origin: nil))
        }
        let policy = NamespacePolicy(name: "shop", subjects: subjects, rules: rules, runtime: RuntimeTables())
        let clock = ContinuousClock()
        var diagnostics = DiagnosticBag()
        var emitted: NamespaceObject?
        let whole = try clock.measure { emitted = try ObjectEmission().run(policy, reporting: &diagnostics) }
        let object = try #require(emitted)
        let classes = try ClassAssignment(policy, reporting: &diagnostics)
        let flat = try DecisionFlattening.run(policy, classes: classes, reporting: &diagnostics)
        let keys = flat.entries.flatMap { entry in
            entry.intervals.map {
                DecisionTable.Entry(key: entry.flow.rawValue | UInt64($0.ports.lowerBound), word: $0.word)
            }
        }
        let table = clock.measure { _ = DecisionTable(entries: keys) }
        #expect(object.decisions.form == .table && object.decisions.entries == 10_000)
        #expect(Double(object.decisions.tableBytes) / 10_000 <= 16)
        print(
            "10 000 entries: \(Double(object.decisions.tableBytes) / 10_000) bytes each, "
                + "table \(table), object \(whole), \(object.bytes.count) bytes")
        let machine = try ObjectMachine(object.bytes)
        let evaluator = Evaluator(policy)
        for (number, rule) in policy.rules.enumerated() where number % 7 == 0 {
            let answer = try machine.verdict(
                subject: UInt32(policy.number(of: rule.subject)),
                class: UInt64(classes.classes(of: rule.peer)[0]),
                question: 6 << 16 | UInt64(rule.ports.lowerBound))
            let decision = evaluator.decide(
                Question(
                    subject: rule.subject, direction: rule.direction,
                    peer: Peer(address: nil, classes: [rule.peer]), transport: .tcp,
                    port: rule.ports.lowerBound))
            #expect(answer.word == decision.word && answer.word != 0)
        }
    }

    @Test("a bundle's manifest agrees with its files and reads back")
    func bundle() throws {
        var generator = PolicyGenerator(seed: 9, shape: .init(subjects: 3, rules: 30))
        let policy = generator.policy()
        let object = try compile(policy)
        let sources = ["b.yaml", "a.yaml"].map {
            Manifest.FileDigest(file: $0, sha256: Digest(of: Array($0.utf8)))
        }
        let bundle = BundleAssembly.bundle(object, of: policy, compiler: "casa 1.0.0", sources: sources)
        let files = Dictionary(uniqueKeysWithValues: bundle.files.map { ($0.name, $0.bytes) })
        let read = try Bundle(
            manifest: #require(files[Bundle.manifestName]), object: #require(files[Bundle.objectName]),
            runtime: #require(files[Bundle.runtimeName]))
        #expect(read.manifest == bundle.manifest)
        #expect(read.manifest.sources.map(\.file) == ["a.yaml", "b.yaml"])
        #expect(read.manifest.rules.count == policy.rules.count)
        #expect(read.manifest.subjects.map(\.name) == ["agent-0", "agent-1", "agent-2"])
        let object2 = try compile(policy)
        #expect(
            BundleAssembly.bundle(object2, of: policy, compiler: "casa 1.0.0", sources: sources.reversed())
                .files.map(\.bytes)
                == bundle.files.map(\.bytes))
    }
}
