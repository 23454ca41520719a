internal import CasaPolicyIR

/// A walk along the addresses of a family that knows which blocks hold.
struct RegionWalk {
    /// Addresses that the same blocks hold.
    struct Region {
        let first: UInt128
        let last: UInt128
        /// 0 where nobody claims a region of exactly these blocks.
        let classNumber: UInt16
    }

    /// Ascending and disjoint.
    private(set) var regions: [Region] = []
    private let classes: [Set<CIDRBlock>: UInt16]
    private var open: [Extent] = []
    /// The first address that is not in a region yet; `nil` behind the last of all.
    private var position: UInt128? = 0

    init(_ classes: [Set<CIDRBlock>: UInt16]) {
        self.classes = classes
    }

    /// Goes on to where a block begins; they come in ascending order, wider ones first.
    mutating func enter(_ extent: Extent) {
        while let innermost = open.last, innermost.last < extent.first { leave(innermost) }
        if let position, extent.first > position { advance(from: position, to: extent.first - 1) }
        open.append(extent)
        position = extent.first
    }

    mutating func leaveAll() {
        while let innermost = open.last { leave(innermost) }
    }

    private mutating func leave(_ innermost: Extent) {
        if let position, position <= innermost.last { advance(from: position, to: innermost.last) }
        open.removeLast()
    }

    private mutating func advance(from first: UInt128, to last: UInt128) {
        if !open.isEmpty {
            let number = classes[Set(open.map(\.block))] ?? 0
            regions.append(Region(first: first, last: last, classNumber: number))
        }
        position = last == UInt128.max ? nil : last + 1
    }
}

extension RegionWalk.Region {
    var part: Piecewise { .word(UInt32(classNumber)) }

    /// The region of IPv6 addresses by upper halves, each with the same range of lower halves.
    var halves: [(upper: ClosedRange<UInt64>, lower: ClosedRange<UInt64>)] {
        var (firstUpper, firstLower) = (UInt64(first >> 64), UInt64(truncatingIfNeeded: first))
        var (lastUpper, lastLower) = (UInt64(last >> 64), UInt64(truncatingIfNeeded: last))
        if firstUpper == lastUpper { return [(firstUpper...firstUpper, firstLower...lastLower)] }
        var before: [(ClosedRange<UInt64>, ClosedRange<UInt64>)] = []
        var behind = before
        if firstLower > 0 {
            before = [(firstUpper...firstUpper, firstLower...UInt64.max)]
            (firstUpper, firstLower) = (firstUpper + 1, 0)
        }
        if lastLower < UInt64.max {
            behind = [(lastUpper...lastUpper, 0...lastLower)]
            (lastUpper, lastLower) = (lastUpper - 1, UInt64.max)
        }
        guard firstUpper <= lastUpper else { return before + behind }
        return before + [(firstUpper...lastUpper, 0...UInt64.max)] + behind
    }
}
