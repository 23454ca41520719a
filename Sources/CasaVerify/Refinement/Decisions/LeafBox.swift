internal import CasaSMT

/// Where a way through a tree leads from: a range for each coordinate, as its branches seem to say.
struct LeafBox {
    /// `nil` where the branches contradict each other.
    let ranges: [ClosedRange<UInt64>]?
    /// The branches that bound it: what follows from them follows from the whole way.
    let bounds: [Boolean]

    init(_ conditions: [Boolean], _ coordinates: [BitVector], _ guess: BoundGuess) {
        var lower = [UInt64](repeating: 0, count: coordinates.count)
        var upper = coordinates.map { UInt64.max >> UInt64(64 - $0.width) }
        // For each coordinate the place of the branch that bounds it from below, and from above.
        var deciding = [Int?](repeating: nil, count: coordinates.count * 2)
        for (place, condition) in conditions.enumerated() {
            guard let bound = guess.bound(of: condition) else { continue }
            if bound.range.lowerBound > lower[bound.coordinate] {
                lower[bound.coordinate] = bound.range.lowerBound
                deciding[bound.coordinate * 2] = place
            }
            if bound.range.upperBound < upper[bound.coordinate] {
                upper[bound.coordinate] = bound.range.upperBound
                deciding[bound.coordinate * 2 + 1] = place
            }
        }
        bounds = deciding.compactMap { $0.map { conditions[$0] } }
        let isEmpty = zip(lower, upper).contains { $0 > $1 }
        ranges = isEmpty ? nil : zip(lower, upper).map { $0...$1 }
    }

    /// That the coordinates lie in it.
    func holds(_ coordinates: [BitVector], in arena: TermArena) -> Boolean {
        guard let ranges else { return arena.boolean(false) }
        return arena.conjunction(
            of: zip(ranges, coordinates).flatMap { range, coordinate in
                [
                    coordinate.constant(range.lowerBound).isAtMost(coordinate),
                    coordinate.isAtMost(coordinate.constant(range.upperBound)),
                ]
            })
    }
}
