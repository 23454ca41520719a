internal import CasaBPF
internal import CasaNode
internal import CasaPolicyIR

/// One processor's part of a trial, with programs, maps and memory of its own.
struct BulkTrialShare {
    private let trial: BulkTrial
    private let number: Int
    private let shareCount: Int
    private let stock: PacketStock
    private let machine: InterpretedObject
    private let reference: Reference

    /// Events are fetched before the ring is full.
    private static let eventLimit = 2048

    init(of trial: BulkTrial, number: Int, among shareCount: Int) throws {
        self.trial = trial
        self.number = number
        self.shareCount = shareCount
        let packets = trial.packetCount / shareCount
        stock = PacketStock(
            of: trial.compiled.generated, count: min(packets, BulkTrial.questionCount / shareCount),
            seed: UInt64(number) + 1)
        machine = try InterpretedObject(trial.compiled, reportsAllowed: true)
        reference = Reference(trial.compiled.generated, reportsAllowed: true)
    }

    /// A question, what has to be answered, and how many packets ask it.
    private struct Query {
        let item: PacketStock.Item
        let expected: Reference.Answer
        let variations: Int
    }

    func run() throws -> BulkTrial.Result {
        let varied = stock.items.count { $0.variedOffset != nil }
        let needed = (trial.packetCount + shareCount - 1) / shareCount
        var result = BulkTrial.Result(coverage: Coverage(of: trial.compiled))
        for subject in 0...trial.compiled.policy.subjects.count {
            var groups: [Int: [Query]] = [:]
            for item in stock.items where item.packet.subject == subject {
                let expected = reference.answer(to: item.packet)
                let variations = item.variedOffset == nil ? 1 : (needed + varied - 1) / varied
                result.coverage.note(item.packet, expected.verdict, times: variations)
                result.questions += 1
                if !item.packet.onLoopback { result.packetsBesideLoopback += variations }
                guard let counter = expected.counter else {
                    throw BulkTrial.Disagreement(description: "not counted by the evaluator: \(item.packet)")
                }
                groups[counter, default: []].append(
                    Query(item: item, expected: expected, variations: variations))
            }
            let kernel = try TestRun(
                trial.compiled.object, subject: UInt32(subject),
                ruleCount: trial.compiled.policy.rules.count, tables: trial.compiled.tables,
                reportsAllowed: true)
            let events = try kernel.events()
            // One counter after the other: what it then shows is what each of these packets was counted under.
            for (counter, queries) in groups.sorted(by: { $0.key < $1.key }) {
                try run(queries, counter: counter, kernel, events)
            }
        }
        result.coverage.instructions = machine.instructionCount
        return result
    }

    private func run(
        _ queries: [Query], counter: Int, _ kernel: TestRun, _ events: TestEvents
    ) throws {
        var reported: [(query: Int, event: [UInt8])] = []
        var packets: UInt64 = 0
        var bytes: UInt64 = 0
        for (index, query) in queries.enumerated() {
            let packet = query.item.packet
            let answer = try interpreted(query)
            let hook: BPFProgramKind = packet.hook == .egress ? .egress : .ingress
            let interface = packet.onLoopback ? 1 : trial.interface
            var frame = TestFrame(packet.bytes)
            for variation in 0..<query.variations {
                if let offset = query.item.variedOffset {
                    // Shares may have the same question, and take turns among the numbers.
                    let word = UInt16(truncatingIfNeeded: variation * shareCount + number)
                    frame.write(word, at: offset)
                    machine.kernel.write(word, at: offset)
                }
                guard try machine.answersAgain(answer) else {
                    throw disagreement(
                        query, variation, "the interpreter answers a variation otherwise", answer)
                }
                guard try kernel.answer(of: hook, to: frame, interface: interface) == (answer.passes ? 1 : 0)
                else { throw disagreement(query, variation, "the kernel's verdict differs", answer) }
                if let event = answer.event { reported.append((index, event)) }
                if reported.count == Self.eventLimit { try compare(&reported, queries, events) }
            }
            packets += UInt64(query.variations)
            bytes += UInt64(query.variations * packet.bytes.count)
        }
        try compare(&reported, queries, events)
        guard try kernel.counter(counter) == (packets, bytes) else {
            throw BulkTrial.Disagreement(
                description: "the kernel's counter \(counter) does not show the \(packets) packets of its own"
            )
        }
    }

    /// The interpreter's answer to a question, which has to be the evaluator's.
    private func interpreted(_ query: Query) throws -> HookAnswer {
        let answer = try machine.answer(to: query.item.packet, interface: trial.interface)
        if let difference = query.expected.difference(from: answer) {
            throw disagreement(query, 0, difference, answer)
        }
        return answer
    }

    private func compare(
        _ reported: inout [(query: Int, event: [UInt8])], _ queries: [Query], _ events: TestEvents
    ) throws {
        let records = try events.records(reported.count)
        for (expected, record) in zip(reported, records) where !HookAnswer.isSame(expected.event, record) {
            throw disagreement(
                queries[expected.query], 0, "the kernel's event differs: \(HookAnswer.describe(record))", nil)
        }
        guard records.count == reported.count else {
            throw BulkTrial.Disagreement(
                description: "the kernel wrote \(records.count) events where \(reported.count) are due")
        }
        reported.removeAll(keepingCapacity: true)
    }

    private func disagreement(
        _ query: Query, _ variation: Int, _ sentence: String, _ answer: HookAnswer?
    ) -> BulkTrial.Disagreement {
        BulkTrial.Disagreement(
            description: """
                \(sentence), variation \(variation) of share \(number)
                \(query.item.packet)
                evaluator:   \(query.expected)
                interpreter: \(answer.map { "\($0)" } ?? "as the evaluator")
                \(trial.compiled.generated)
                """)
    }
}
