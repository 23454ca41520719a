import CasaBundle
import CasaPolicyIR
import CasaSMT
import CasaTestSupport
import CasaVerify
import Testing

@Suite struct AddressTableProofTests {
    private static func known(_ family: AddressTable.Family, count: Int) -> [IPAddress: [UInt16]] {
        var random = SeededGenerator(seed: UInt64(count))
        var known: [IPAddress: [UInt16]] = [:]
        while known.count < count {
            let address: IPAddress =
                family == .v4
                ? .v4(UInt32(truncatingIfNeeded: random.next() | 1))
                : .v6(high: random.next(), low: random.next())
            known[address] = (0...random.number(below: 6)).map {
                UInt16(2 + $0 * 9 + random.number(below: 9))
            }
        }
        return known
    }

    private static func table(_ family: AddressTable.Family, _ known: [IPAddress: [UInt16]]) throws -> [UInt8]
    {
        try AddressTable(family, entries: known.map { .init(address: $0.key, classes: $0.value) }).bytes
    }

    private static func proof(
        _ family: AddressTable.Family, _ known: [IPAddress: [UInt16]]
    ) -> AddressTableProof {
        AddressTableProof(family == .v4 ? .v4 : .v6, expected: known)
    }

    @Test(
        "the tables that a node makes are proved", arguments: AddressTable.Family.allCases, [0, 1, 2, 7, 500])
    func honest(family: AddressTable.Family, count: Int) throws {
        let known = Self.known(family, count: count)
        let bytes = try Self.table(family, known)
        #expect(Self.proof(family, known).run(bytes).answer == .proved)
        let other = Self.known(family == .v4 ? .v6 : .v4, count: 3)
        #expect(Self.proof(family, known.merging(other) { first, _ in first }).run(bytes).answer == .proved)
    }

    @Test("one bit of a table is seen, wherever it matters", arguments: AddressTable.Family.allCases)
    func flippedBits(family: AddressTable.Family) throws {
        let known = Self.known(family, count: 9)
        let bytes = try Self.table(family, known)
        let proof = Self.proof(family, known)
        let displacements = 32..<32 + 2 * 3
        var silent: Set<Int> = []
        for place in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[place] ^= 1 << UInt8(bit)
                if proof.run(changed).answer == .proved { silent.insert(place) }
            }
        }
        // A displacement of a bucket in which nobody is, and what fills up to eight.
        #expect(
            silent.allSatisfy { displacements.contains($0) || (38..<40).contains($0) }, "\(silent.sorted())")
        #expect(silent.isSuperset(of: 38..<40))
    }

    @Test("what is missing, what nobody knows, and what is there twice is named with its slot")
    func entries() throws {
        let known = Self.known(.v4, count: 5)
        let bytes = try Self.table(.v4, known)
        let (address, classes) = try #require(known.min { $0.key < $1.key })
        for other in [
            known.filter { $0.key != address }, known.merging([.v4(99): [7]]) { first, _ in first },
            known.merging([address: classes + [60000]]) { $1 },
        ] {
            guard case .refuted(.tableEntry(let example)) = Self.proof(.v4, other).run(bytes).answer else {
                Issue.record("not refuted")
                continue
            }
            #expect(example.table == ".rodata.addresses4" && (0..<7).contains(example.slot))
            #expect(example.found != example.expected)
        }
        // The header says five buckets of slots: the first entry once more, in an empty slot.
        let slots = bytes.count - 6 * 16..<bytes.count
        var doubled = bytes
        let empty = try #require(
            stride(from: slots.lowerBound, to: slots.upperBound, by: 16).first { start in
                doubled[start..<start + 16].allSatisfy { $0 == 0 }
            })
        let full = try #require(
            stride(from: slots.lowerBound, to: slots.upperBound, by: 16).first { start in
                doubled[start..<start + 16].contains { $0 != 0 }
            })
        doubled.replaceSubrange(empty..<empty + 16, with: Array(bytes[full..<full + 16]))
        #expect(Self.proof(.v4, known).run(doubled).answer != .proved)
    }

    @Test("bytes that are no table are refuted")
    func malformed() throws {
        let proof = Self.proof(.v4, [:])
        let bytes = try Self.table(.v4, [:])
        #expect(proof.run(bytes).answer == .proved)
        for count in 0..<bytes.count { #expect(proof.run(Array(bytes.prefix(count))).answer != .proved) }
        #expect(proof.run(bytes + [0]).answer != .proved)
        for place in [0, 3, 4, 7, 16, 19, 20, 23, 24] {
            var huge = bytes
            huge[place] = 0xFF
            #expect(proof.run(huge).answer != .proved)
        }
    }
}
