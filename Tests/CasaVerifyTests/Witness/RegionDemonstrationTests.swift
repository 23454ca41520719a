import CasaBundle
import CasaPolicyIR
import CasaTestSupport
import CasaVerify
import Testing

@Suite struct RegionDemonstrationTests {
    @Test("an address that the code puts elsewhere is shown as a packet from there")
    func elsewhere() throws {
        var shown = 0
        var visible = 0
        for seed in 1...40 {
            let specimen = try Specimen(seed: seed, as: .tree)
            let other = try Specimen(seed: seed + 1, as: .tree)
            let machine = try ObjectMachine(other.bytes, rules: specimen.policy.rules.count)
            let replay = Replay(of: other.bytes, legend: specimen.legend)
            for block in specimen.claimed.regions.flatMap(\.blocks) {
                for address in [block.addresses.lowerBound, block.addresses.upperBound] {
                    let expected = UInt32(specimen.claimed.regionClass(of: address))
                    guard case .word(let word) = machine.region(of: address), UInt32(word) != expected else {
                        continue
                    }
                    let demonstration = try replay.demonstrate(
                        .region(.init(address: address, found: UInt32(word), expected: expected)))
                    #expect(demonstration.lines.first?.text == address.description)
                    shown += 1
                    if demonstration.packet != nil { visible += 1 }
                }
            }
        }
        #expect(shown > 100 && visible > shown / 3, "\(visible) of \(shown)")
    }

    @Test("an address that is where it should be is not shown")
    func spurious() throws {
        let specimen = try Specimen(seed: 3, as: .tree)
        let replay = Replay(of: specimen.bytes, legend: specimen.legend)
        for region in specimen.claimed.regions {
            let address = try #require(region.blocks.first).addresses.lowerBound
            let right = UInt32(specimen.claimed.regionClass(of: address))
            for (found, expected) in [(right, right + 1), (right + 1, right), (right, right)] {
                #expect(throws: ReplayFailure.self) {
                    try replay.demonstrate(
                        .region(.init(address: address, found: found, expected: expected)))
                }
            }
        }
    }
}
