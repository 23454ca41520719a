package import CasaPolicyIR

/// What an address family's region function has to answer, for every address.
package struct RegionReference: Hashable, Sendable {
    package enum Family: Hashable, Sendable, CaseIterable {
        case v4, v6
    }

    package let family: Family
    /// Of IPv4 over the address, of IPv6 over its upper and its lower half.
    package let function: Piecewise
    /// The first address of some region; `nil` if no address has any.
    package let firstMember: IPAddress?

    /// Blocks nest or are apart, so one walk along the ends of all of them knows which hold.
    package init(_ family: Family, of policy: ClassifiedPolicy) {
        self.family = family
        let own = Set(policy.regions.flatMap(\.blocks).map(\.normalised)).compactMap { Extent($0, family) }
            .sorted()
        var classes: [Set<CIDRBlock>: UInt16] = [:]
        for region in policy.regions {
            let blocks = Set(region.blocks.map(\.normalised))
            if classes[blocks] == nil { classes[blocks] = region.classNumber }
        }
        var walk = RegionWalk(classes)
        for extent in own { walk.enter(extent) }
        walk.leaveAll()
        let regions = walk.regions.filter { $0.classNumber != 0 }
        switch family {
        case .v4: function = Self.function4(regions)
        case .v6: function = Self.function6(regions)
        }
        firstMember = regions.first.map { Self.address($0.first, family) }
    }

    private static func address(_ number: UInt128, _ family: Family) -> IPAddress {
        switch family {
        case .v4: .v4(UInt32(number))
        case .v6: .v6(high: UInt64(number >> 64), low: UInt64(truncatingIfNeeded: number))
        }
    }

    private static func function4(_ regions: [RegionWalk.Region]) -> Piecewise {
        var addresses = PiecewiseAssembly(along: 0)
        for region in regions {
            addresses.add(region.part, on: UInt64(region.first)...UInt64(region.last))
        }
        return addresses.function
    }

    /// A region is some whole upper halves, and parts of the one before and the one behind.
    private static func function6(_ regions: [RegionWalk.Region]) -> Piecewise {
        var upper = PiecewiseAssembly(along: 0)
        var open: (half: UInt64, lower: PiecewiseAssembly)?
        func close() {
            if let (half, lower) = open { upper.add(lower.function, on: half...half) }
            open = nil
        }
        for region in regions {
            for (halves, lower) in region.halves {
                if halves.lowerBound != open?.half { close() }
                guard lower != 0...UInt64.max else {
                    upper.add(region.part, on: halves)
                    continue
                }
                var assembly = open?.lower ?? PiecewiseAssembly(along: 1)
                assembly.add(region.part, on: lower)
                open = (halves.lowerBound, assembly)
            }
        }
        close()
        return upper.function
    }
}

/// A block as numbers; wider ones before those inside them.
struct Extent: Comparable {
    let block: CIDRBlock
    let first: UInt128
    let last: UInt128

    init?(_ block: CIDRBlock, _ family: RegionReference.Family) {
        switch (family, block.addresses.lowerBound, block.addresses.upperBound) {
        case (.v4, .v4(let first), .v4(let last)):
            (self.first, self.last) = (UInt128(first), UInt128(last))
        case (.v6, .v6(let firstHigh, let firstLow), .v6(let lastHigh, let lastLow)):
            first = UInt128(firstHigh) << 64 | UInt128(firstLow)
            last = UInt128(lastHigh) << 64 | UInt128(lastLow)
        case (.v4, _, _), (.v6, _, _): return nil
        }
        self.block = block
    }

    static func < (left: Extent, right: Extent) -> Bool {
        (left.first, right.last) < (right.first, left.last)
    }
}
