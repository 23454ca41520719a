package import CasaPolicyIR

extension ClassifiedPolicy {
    /// Whether every address of these blocks has a region: otherwise a rule about one of them would not hold there.
    ///
    /// The region functions are held to the regions that the manifest lists; here that list is held to the rules.
    package func hasRegions(forAllOf blocks: [CIDRBlock]) -> Bool {
        var classes: [Set<CIDRBlock>: UInt16] = [:]
        for region in regions { classes[Set(region.blocks.map(\.normalised))] = region.classNumber }
        let all = Set(blocks.map(\.normalised))
        guard Set(regions.flatMap(\.blocks).map(\.normalised)) == all else { return false }
        return RegionReference.Family.allCases.allSatisfy { family in
            var walk = RegionWalk(classes)
            for extent in all.compactMap({ Extent($0, family) }).sorted() { walk.enter(extent) }
            walk.leaveAll()
            return walk.regions.allSatisfy { $0.classNumber != 0 }
        }
    }
}
