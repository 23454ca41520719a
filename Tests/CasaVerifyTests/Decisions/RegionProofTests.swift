import CasaBPF
import CasaBundle
import CasaCodegen
import CasaPolicyIR
import CasaSMT
import CasaTestSupport
import CasaVerify
import Testing

@Suite struct RegionProofTests {
    private static func policy(_ blocks: [String]) -> NamespacePolicy {
        let subject = PolicyGenerator.workload(0)
        let rules = blocks.compactMap(CIDRBlock.init).map { block in
            Rule(
                subject: subject, direction: .egress, peer: .block(block), transport: .tcp, ports: 443...443,
                source: .written(policy: "shop"), origin: nil)
        }
        return NamespacePolicy(
            name: "shop", subjects: [Subject(workload: subject, hostNetwork: true, origin: nil)],
            rules: rules,
            runtime: RuntimeTables())
    }

    @Test("the region functions that the compiler makes are proved", arguments: 0..<40)
    func honest(seed: Int) throws {
        let specimen = try Specimen(seed: seed, as: .tree)
        #expect(Outcome.ofRegions(specimen.bytes, specimen.claimed) == .proved)
    }

    @Test(
        "blocks at the ends of both families are proved",
        arguments: [
            ["0.0.0.0/0"], ["255.255.255.255/32"], ["0.0.0.0/32", "0.0.0.0/1"], ["::/0", "::/128"],
            ["::/0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128"], ["::/64", "0:0:0:1::/65"],
            ["fd00::/63", "fd00::8000:0:0:0/65", "fd00:0:0:1::/128"],
        ])
    func ends(blocks: [String]) throws {
        let specimen = try Specimen(Self.policy(blocks), as: .tree)
        #expect(Outcome.ofRegions(specimen.bytes, specimen.claimed) == .proved)
    }

    @Test("a block that is half as wide, or somewhere else, is refuted by an address")
    func otherBlocks() throws {
        let blocks = ["10.0.0.0/8", "10.1.0.0/16", "fd00::/8", "fd00::1:0/112"]
        let specimen = try Specimen(Self.policy(blocks), as: .tree)
        for (number, other) in [
            (0, "10.0.0.0/9"), (0, "12.0.0.0/8"), (1, "10.1.0.0/17"), (2, "fd00::/9"), (3, "fd00::1:0/111"),
            (3, "fd00::2:0/112"),
        ] {
            var changed = blocks
            changed[number] = other
            let claimed = try Specimen(Self.policy(changed), as: .tree).claimed
            guard case .refuted(.region(let example)) = Outcome.ofRegions(specimen.bytes, claimed) else {
                Issue.record("\(other) is not refuted")
                continue
            }
            #expect(UInt32(claimed.regionClass(of: example.address)) == example.expected)
            #expect(UInt32(specimen.claimed.regionClass(of: example.address)) == example.found)
            #expect(example.found != example.expected)
        }
    }

    @Test("one bit of the code: never proved, unless every address has the same class", arguments: 0..<8)
    func flippedBits(seed: Int) throws {
        let blocks = [
            "10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24", "fd00::/8", "fd00::1:0/112", "fd00::1:8/125",
        ]
        let specimen = try Specimen(Self.policy(blocks), as: .tree)
        let proof = RegionProof(of: specimen.claimed)
        let places =
            Array(try specimen.place(ofFunction: "casa_region4"))
            + Array(try specimen.place(ofFunction: "casa_region6"))
        var random = SeededGenerator(seed: UInt64(seed))
        var refuted = 0
        for _ in 0..<100 {
            let bytes = specimen.flipped(bit: random.number(below: 8), at: random.pick(places))
            let outcome = Outcome { try proof.run(try BPFObject(bytes)).map(\.answer) }
            if outcome.isRefuted { refuted += 1 }
            #expect(outcome != .undecided(.resources))
        }
        #expect(refuted > 20)
    }

    @Test("the word that tells which functions know a region is held to them")
    func flags() throws {
        let specimen = try Specimen(Self.policy(["10.0.0.0/8"]), as: .tree)
        let place = try specimen.place(ofSection: ".rodata.regions").lowerBound
        let missing = RegionCounterexample(address: .v4(10 << 24), found: 0, expected: 16)
        #expect(
            Outcome.ofRegions(specimen.flipped(bit: 0, at: place), specimen.claimed)
                == .refuted(.region(missing)))
        let idle = TableCounterexample(table: ".rodata.regions", slot: 0, found: "3", expected: "1")
        #expect(
            Outcome.ofRegions(specimen.flipped(bit: 1, at: place), specimen.claimed)
                == .refuted(.tableEntry(idle)))
    }

    @Test("without resources for the solver nothing is proved")
    func limits() throws {
        let specimen = try Specimen(Self.policy(["10.0.0.0/8", "fd00::1:8/125"]), as: .tree)
        let outcome = Outcome.ofRegions(specimen.bytes, specimen.claimed, limits: SolverLimits(resources: 1))
        #expect(outcome == .undecided(.resources))
    }
}
