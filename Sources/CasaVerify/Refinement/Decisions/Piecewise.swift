internal import CasaSMT

/// A function of some numbers, its coordinates, that is constant on boxes: steps along one coordinate, and on
/// each step a function of the others.
package enum Piecewise: Hashable, Sendable {
    case word(UInt32)
    indirect case steps(Steps)

    package struct Steps: Hashable, Sendable {
        /// Which of the numbers it looks at.
        package let coordinate: Int
        /// Where each part begins; the first at zero, the last one without an end.
        package let starts: [UInt64]
        package let parts: [Piecewise]

        /// The step that a number lies on.
        func place(of number: UInt64) -> Int { starts.firstPlace { $0 > number } - 1 }
    }

    static let zero = Piecewise.word(0)

    /// Steps without those that change nothing.
    static func steps(_ coordinate: Int, _ steps: [(start: UInt64, part: Piecewise)]) -> Piecewise {
        var (starts, parts): ([UInt64], [Piecewise]) = ([], [])
        for (start, part) in steps where parts.last != part {
            starts.append(start)
            parts.append(part)
        }
        if parts.count == 1 { return parts[0] }
        return .steps(Steps(coordinate: coordinate, starts: starts, parts: parts))
    }

    package func value(at point: [UInt64]) -> UInt32 {
        switch self {
        case .word(let word): return word
        case .steps(let steps):
            return steps.parts[steps.place(of: point[steps.coordinate])].value(at: point)
        }
    }

    /// A function that agrees with this one inside a box, a range for each coordinate, and nowhere else has
    /// to.
    func restricted(to box: [ClosedRange<UInt64>]) -> Piecewise {
        switch self {
        case .word: return self
        case .steps(let steps):
            let range = box[steps.coordinate]
            let (first, last) = (steps.place(of: range.lowerBound), steps.place(of: range.upperBound))
            let parts = (first...last).map { place in
                (place == first ? 0 : steps.starts[place], steps.parts[place].restricted(to: box))
            }
            return .steps(steps.coordinate, parts)
        }
    }

    /// The function as a term of 32 bits over a term for each coordinate.
    func term(over coordinates: [BitVector], in arena: TermArena) -> BitVector {
        switch self {
        case .word(let word): arena.constant(word, width: 32)
        case .steps(let steps):
            Self.search(steps, steps.parts.indices, over: coordinates, in: arena)
        }
    }

    private static func search(
        _ steps: Steps, _ places: Range<Int>, over coordinates: [BitVector], in arena: TermArena
    ) -> BitVector {
        guard places.count > 1 else {
            return steps.parts[places.lowerBound].term(over: coordinates, in: arena)
        }
        let middle = (places.lowerBound + places.upperBound) / 2
        let coordinate = coordinates[steps.coordinate]
        return coordinate.isLess(than: coordinate.constant(steps.starts[middle])).select(
            search(steps, places.lowerBound..<middle, over: coordinates, in: arena),
            else: search(steps, middle..<places.upperBound, over: coordinates, in: arena))
    }
}

/// Puts together a function from what it is on ranges that ascend; between them it is zero.
struct PiecewiseAssembly {
    private let coordinate: Int
    private var steps: [(start: UInt64, part: Piecewise)] = [(0, .zero)]

    init(along coordinate: Int) {
        self.coordinate = coordinate
    }

    mutating func add(_ part: Piecewise, on range: ClosedRange<UInt64>) {
        if steps[steps.count - 1].start == range.lowerBound { steps.removeLast() }
        steps.append((range.lowerBound, part))
        if range.upperBound < UInt64.max { steps.append((range.upperBound + 1, .zero)) }
    }

    var function: Piecewise { .steps(coordinate, steps) }
}
