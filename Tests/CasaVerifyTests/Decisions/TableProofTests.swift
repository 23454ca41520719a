import CasaBPF
import CasaBundle
import CasaPolicyIR
import CasaTestSupport
import CasaVerify
import Testing

@Suite struct TableProofTests {
    private static func policy(_ rules: [(ports: ClosedRange<UInt16>, effect: Effect)]) -> NamespacePolicy {
        let subject = PolicyGenerator.workload(0)
        return NamespacePolicy(
            name: "shop", subjects: [Subject(workload: subject, hostNetwork: true, origin: nil)],
            rules: rules.map { rule in
                Rule(
                    subject: subject, direction: .egress,
                    peer: .service(ServiceID(namespace: "bank", name: "mcp")), transport: .tcp,
                    ports: rule.ports,
                    effect: rule.effect, source: .written(policy: "shop"), origin: nil)
            }, runtime: RuntimeTables())
    }

    @Test("ranges that overlap, touch, have holes, or are all ports are proved")
    func ranges() throws {
        let specimens: [[(ports: ClosedRange<UInt16>, effect: Effect)]] = [
            [(0...65535, .allow)], [(0...65535, .allow), (80...80, .deny)],
            [(1000...2000, .allow), (1500...3000, .deny), (1600...1700, .quarantine)],
            [(0...999, .allow), (1000...1999, .auditedDeny), (2000...65535, .allow)],
            [(65000...65535, .allow), (65535...65535, .deny)], [(10...18, .allow), (19...26, .deny)],
        ]
        for rules in specimens {
            let specimen = try Specimen(Self.policy(rules), as: .table)
            #expect(Outcome.ofVerdict(specimen.bytes, specimen.claimed) == .proved)
        }
    }

    @Test("a foreign entry is refuted in the one slot where it is found, and is of no matter elsewhere")
    func foreignEntries() throws {
        let rules = (0..<20).map { (ports: UInt16($0 * 100)...UInt16($0 * 100), effect: Effect.allow) }
        let specimen = try Specimen(Self.policy(rules), as: .table)
        let table = try specimen.place(ofSection: ".rodata.decisions")
        let slotCount = 20 + 20 / 8 + 1
        let proof = VerdictProof(of: specimen.claimed)
        var refuted = 0
        for port in [1, 7, 9, 101, 103, 4444, 65535] as [UInt64] {
            let key = 1 << 48 | 16 << 32 | 6 << 24 | port
            var slots: Set<Int> = []
            for slot in 0..<slotCount {
                let place = table.lowerBound + slot * 8
                guard specimen.bytes[place..<place + 8].allSatisfy({ $0 == 0 }) else { continue }
                var bytes = specimen.flipped(bit: 0, at: table.lowerBound + slotCount * 8 + slot * 4)
                for byte in 0..<8 { bytes[place + byte] = UInt8(truncatingIfNeeded: key >> UInt64(byte * 8)) }
                let outcome = Outcome { [try proof.run(try BPFObject(bytes)).answer] }
                guard case .refuted(.decision(let example)) = outcome else {
                    #expect(outcome == .proved)
                    continue
                }
                slots.insert(slot)
                #expect(example.question == 6 << 16 | UInt32(port))
                #expect(example.found == 1 && example.expected == 0)
            }
            #expect(slots.count <= 1)
            refuted += slots.count
        }
        #expect(refuted > 0)
    }

    @Test("a word that nobody wrote is refuted where its key is found")
    func foreignWords() throws {
        let rules = (0..<20).map { (ports: UInt16($0 * 100)...UInt16($0 * 100), effect: Effect.allow) }
        let specimen = try Specimen(Self.policy(rules + [(ports: 5000...6000, effect: .deny)]), as: .table)
        let table = try specimen.place(ofSection: ".rodata.decisions")
        let (entries, slotCount) = (21, 21 + 21 / 8 + 1)
        var words = 0
        for slot in 0..<slotCount {
            let key = table.lowerBound + slot * 8
            let isEmpty = specimen.bytes[key..<key + 8].allSatisfy { $0 == 0 }
            let bytes = specimen.flipped(bit: 3, at: table.lowerBound + slotCount * 8 + slot * 4)
            let outcome = Outcome.ofVerdict(bytes, specimen.claimed)
            #expect(isEmpty ? outcome == .proved : outcome.isRefuted)
            if !isEmpty { words += 1 }
        }
        #expect(words == entries)
    }
}
