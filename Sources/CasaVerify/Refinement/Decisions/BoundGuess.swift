internal import CasaSMT

/// What conditions say about one coordinate, found by trying values.
///
/// Guesses only: what is made of them is proved. A condition that is no bound on one coordinate may be
/// guessed wrongly or not at all.
final class BoundGuess {
    struct Bound {
        let coordinate: Int
        let range: ClosedRange<UInt64>
    }

    private struct Threshold {
        let coordinate: Int
        /// The least number on the other side.
        let start: UInt64
        let holdsBelow: Bool
        let greatest: UInt64

        func bound(negated: Bool) -> Bound {
            Bound(coordinate: coordinate, range: holdsBelow != negated ? 0...start - 1 : start...greatest)
        }
    }

    private let coordinates: [BitVector]
    private let places: [Variable: Int]
    private var known: [Boolean: Threshold?] = [:]

    /// The coordinates are variables.
    init(_ coordinates: [BitVector]) {
        self.coordinates = coordinates
        var places: [Variable: Int] = [:]
        for (place, coordinate) in coordinates.enumerated() {
            for variable in coordinate.variables { places[variable] = place }
        }
        self.places = places
    }

    func bound(of condition: Boolean) -> Bound? {
        if let denied = condition.negation { return threshold(of: denied)?.bound(negated: true) }
        return threshold(of: condition)?.bound(negated: false)
    }

    private func threshold(of condition: Boolean) -> Threshold? {
        if let threshold = known[condition] { return threshold }
        let threshold = search(condition)
        known[condition] = .some(threshold)
        return threshold
    }

    private func search(_ condition: Boolean) -> Threshold? {
        let cone = condition.cone
        guard cone.variables.count == 1, let variable = cone.variables.first,
            let coordinate = places[variable]
        else { return nil }
        func holds(_ number: UInt64) -> Bool { cone.holds(under: Model([.init(variable, UInt128(number))])) }
        var (low, high) = (UInt64(0), UInt64.max >> UInt64(64 - coordinates[coordinate].width))
        let (greatest, holdsBelow) = (high, holds(0))
        guard holds(high) != holdsBelow else { return nil }
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if holds(middle) == holdsBelow { low = middle } else { high = middle }
        }
        return Threshold(coordinate: coordinate, start: high, holdsBelow: holdsBelow, greatest: greatest)
    }
}
