internal import CasaPolicyIR

/// Shows an address that the code puts into another region than the policy.
struct RegionDemonstration {
    let object: ObjectReplay
    let legend: WitnessLegend

    func show(_ region: RegionCounterexample) throws(ReplayFailure) -> Demonstration {
        let replayed = try object.region(of: region.address, answering: region.found)
        let answer = try DecisionDemonstration.word(replayed.run.outcome)
        // The template does not ask a function that is said to know no region.
        let heard = object.asksRegion(of: region.address) ? answer : 0
        guard [answer, heard].contains(region.found), region.found != region.expected else {
            throw .notReproduced("the region of \(region.address) is found to be \(answer)")
        }
        guard legend.region(of: region.address) == region.expected else {
            throw .notReproduced(
                "the policy puts \(region.address) into \(legend.region(of: region.address))")
        }
        let name = region.address.bitWidth == 32 ? "casa_region4" : "casa_region6"
        let shown = try packet(region)
        return Demonstration(
            summary: "the code puts an address where the policy does not",
            lines: [
                .init("address", region.address.description),
                .init("policy", words(region.expected)), .init("code", words(region.found)),
            ] + (shown?.lines ?? []) + [
                .init(
                    "decided by", "the last instructions of \(name)",
                    excerpt: answer == region.found
                        ? replayed.listing.lines(of: replayed.run.last)
                        : ["the bits of casa_regions, by which the template does not ask"])
            ],
            packet: shown?.packet, rule: shown?.rule)
    }

    private func words(_ number: UInt32) -> String {
        number == 0 ? "in no region" : "class \(number): \(legend.words(forClass: number))"
    }

    private struct Shown {
        let packet: WitnessPacket
        let lines: [Demonstration.Line]
        let rule: Int?
    }

    /// A packet of this address on which it matters, if any rule makes it matter.
    private func packet(_ region: RegionCounterexample) throws(ReplayFailure) -> Shown? {
        let replay = PacketReplay(object: object, legend: legend)
        for (number, rule) in legend.policy.rules.enumerated() where rule.transport != .any {
            guard case .block(let block) = rule.peer, isConcerned(block, region) else { continue }
            let (peer, local) = (region.address, WitnessAddress.local(towards: region.address))
            let (source, destination) = rule.direction == .egress ? (local, peer) : (peer, local)
            let packet = WitnessPacket(
                opening: rule.direction, from: source, 49_152, to: destination, rule.ports.lowerBound,
                over: rule.transport)
            let subject = UInt32(legend.policy.number(of: rule.subject))
            let comparison = try replay.compare(packet, subject: subject, known: nil)
            guard comparison.differs else { continue }
            return Shown(
                packet: packet,
                lines: [
                    .init(
                        "flow",
                        "\(rule.direction.rawValue) of \(rule.subject), "
                            + "\(rule.transport.rawValue) port \(rule.ports.lowerBound)"),
                    .init("packet", packet.words),
                    .init(
                        "verdict",
                        "it \(replay.words(comparison.found)); expected: it \(replay.words(comparison.expected))"
                    ),
                ],
                rule: number)
        }
        return nil
    }

    /// Whether a rule about a block speaks of the region that was found, or of the one expected.
    private func isConcerned(_ block: CIDRBlock, _ region: RegionCounterexample) -> Bool {
        if block.contains(region.address) { return true }
        guard case .region(let blocks) = legend.meaning(of: region.found) else { return false }
        return blocks.contains { $0.normalised == block.normalised }
    }
}
