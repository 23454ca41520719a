internal import CasaSMT

/// Whether code that is a tree answers as a function of some coordinates does: leaf by leaf.
///
/// Each leaf has to show that its way lies in a box, and that its answer is the function's inside that box,
/// where the function is mostly one word. Every way through the code is a leaf, so nothing is left out.
struct LeafProof {
    let inquiry: Inquiry
    let reference: Piecewise
    let coordinates: [BitVector]
    /// What code and policy make of a model; `nil` where they agree.
    let replay: (Model) throws(ProofError) -> Counterexample?

    /// Leaves asked about in one question: fewer questions, and not yet harder ones.
    static let chunk = 8

    func run(_ leaves: [SymbolicPath]) throws(ProofError) -> Answer<Counterexample> {
        let guess = BoundGuess(coordinates)
        var undecided: Undecided?
        for start in stride(from: 0, to: leaves.count, by: Self.chunk) {
            let chunk = leaves[start..<min(start + Self.chunk, leaves.count)]
            let claims = chunk.map { claim($0, guess) }
            switch try inquiry.prove(inquiry.arena.conjunction(of: claims)) {
            case .proved: continue
            case .undecided(let reason): undecided = undecided ?? reason
            case .refuted(let model):
                if let counterexample = try replay(model) { return .refuted(counterexample) }
                switch try prove(chunk) {
                case .proved: continue
                case .undecided(let reason): undecided = undecided ?? reason
                case .refuted(let counterexample): return .refuted(counterexample)
                }
            }
        }
        return undecided.map(Answer.undecided) ?? .proved
    }

    /// Without what does not bound the box: a shorter question, and an answer for the whole way.
    private func claim(_ leaf: SymbolicPath, _ guess: BoundGuess) -> Boolean {
        let box = LeafBox(leaf.conditions, coordinates, guess)
        var claim = box.holds(coordinates, in: inquiry.arena)
        if let ranges = box.ranges { claim = claim && answers(leaf, reference.restricted(to: ranges)) }
        return inquiry.arena.conjunction(of: box.bounds).implies(claim)
    }

    /// Leaf by leaf, without a guess: for branches that bound nothing.
    private func prove(_ leaves: ArraySlice<SymbolicPath>) throws(ProofError) -> Answer<Counterexample> {
        var undecided: Undecided?
        for leaf in leaves {
            let way = inquiry.arena.conjunction(of: leaf.conditions)
            let claim = way.implies(answers(leaf, reference))
            switch try inquiry.prove(claim) {
            case .proved: continue
            case .undecided(let reason): undecided = undecided ?? reason
            case .refuted(let model):
                if let counterexample = try replay(model) { return .refuted(counterexample) }
                throw .rejected("the answer depends on more than what is asked")
            }
        }
        return undecided.map(Answer.undecided) ?? .proved
    }

    private func answers(_ leaf: SymbolicPath, _ expected: Piecewise) -> Boolean {
        leaf.result.equals(
            expected.term(over: coordinates, in: inquiry.arena).zeroExtended(to: leaf.result.width))
    }
}
