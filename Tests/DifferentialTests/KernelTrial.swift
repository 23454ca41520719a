import CasaBPF
import CasaNode
import CasaPolicyIR
import CasaTestSupport

/// The running kernel's answers for one subject of an object.
final class KernelTrial {
    private let compiled: CompiledPolicy
    private let subject: Int
    private let interface: UInt32
    private let reportsAllowed: Bool
    private let run: TestRun
    private let events: TestEvents
    /// Packets and bytes that must stand in the counters.
    private var counted: [(packets: UInt64, bytes: UInt64)]
    private var packets: [(packet: GeneratedPacket, counter: Int)] = []

    init(_ compiled: CompiledPolicy, subject: Int, interface: UInt32, reportsAllowed: Bool) throws {
        self.compiled = compiled
        self.subject = subject
        self.interface = interface
        self.reportsAllowed = reportsAllowed
        run = try Self.load(compiled, subject, reportsAllowed)
        events = try run.events()
        counted = Array(repeating: (0, 0), count: compiled.policy.rules.count + 16)
    }

    private static func load(
        _ compiled: CompiledPolicy, _ subject: Int, _ reportsAllowed: Bool
    ) throws -> TestRun {
        try TestRun(
            compiled.object, subject: UInt32(subject), ruleCount: compiled.policy.rules.count,
            tables: compiled.tables, reportsAllowed: reportsAllowed)
    }

    private func result(_ packet: GeneratedPacket, _ run: TestRun) throws -> UInt32 {
        try run.answer(
            of: packet.hook == .egress ? .egress : .ingress, to: packet.bytes,
            interface: packet.onLoopback ? 1 : interface)
    }

    /// The first packet to which the kernel answers something else than `answers` say.
    func firstDifference(
        _ packets: ArraySlice<GeneratedPacket>, _ answers: [HookAnswer]
    ) throws -> (index: Int, sentence: String)? {
        for (index, packet) in packets.enumerated() {
            let result = try result(packet, run)
            guard result == (answers[index].passes ? 1 : 0) else {
                return (index, "the kernel's verdict differs")
            }
            guard let counter = answers[index].counter else { continue }
            counted[counter].packets += 1
            counted[counter].bytes += UInt64(packet.bytes.count)
            self.packets.append((packet, counter))
        }
        let reported = answers.indices.filter { answers[$0].event != nil }
        let records = try events.records(reported.count).map(HookAnswer.comparable)
        for (index, record) in zip(reported, records) where answers[index].event != record {
            return (index, "the kernel's event differs: \(HookAnswer.describe(record))")
        }
        guard records.count == reported.count else {
            return (
                0,
                "the kernel wrote \(records.count) events of \(reported.count) in this chunk or the ones before"
            )
        }
        return nil
    }

    /// Names the first packet that was counted otherwise than it should, if the sums are wrong.
    func countersDifference() throws -> String? {
        for (index, expected) in counted.enumerated() {
            let seen = try run.counter(index)
            if seen == expected { continue }
            let fresh = try Self.load(compiled, subject, reportsAllowed)
            for (packet, counter) in packets {
                let before = try fresh.counter(counter)
                _ = try result(packet, fresh)
                let after = try fresh.counter(counter)
                guard after.packets == before.packets + 1,
                    after.bytes == before.bytes + UInt64(packet.bytes.count)
                else { return "the kernel did not count this packet under \(counter): \(packet)" }
            }
            return "counter \(index) of the kernel is \(seen), and \(expected) was counted"
        }
        return nil
    }

    /// One packet by itself.
    func describeAnswer(to packet: GeneratedPacket) -> String {
        do {
            let fresh = try Self.load(compiled, subject, reportsAllowed)
            let result = try result(packet, fresh)
            let record = try fresh.events().records(1).first
            let indices = try counted.indices.filter { try fresh.counter($0).packets > 0 }
            return "returns \(result), counters \(indices), \(HookAnswer.describe(record))"
        } catch {
            return "\(error)"
        }
    }
}
