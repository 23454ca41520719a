/// Which terms a walk has met, and where it put them; kept between walks so that a small one in a large arena
/// costs only its own size.
struct TraversalMarks {
    private var walk: UInt32 = 0
    private var walkOfTerm: [UInt32] = []
    private var placeOfTerm: [UInt32] = []

    mutating func begin(termCount: Int) {
        if walk == UInt32.max {
            walk = 0
            walkOfTerm = []
        }
        walk += 1
        let missing = termCount - walkOfTerm.count
        if missing > 0 { walkOfTerm.append(contentsOf: repeatElement(0, count: missing)) }
        if termCount > placeOfTerm.count {
            placeOfTerm.append(contentsOf: repeatElement(0, count: termCount - placeOfTerm.count))
        }
    }

    func place(of term: TermID) -> Int? {
        walkOfTerm[term.index] == walk ? Int(placeOfTerm[term.index]) : nil
    }

    mutating func put(_ term: TermID, at place: Int) {
        walkOfTerm[term.index] = walk
        placeOfTerm[term.index] = UInt32(place)
    }
}
