/// A solver that has been told the premises of the frames, and is told only what changed.
///
/// After an error or a limit it is of no further use: nobody promises what a solver that was interrupted
/// still knows.
final class IncrementalSession {
    private let solver: Z3Solver
    /// What the solver knows: each frame by its number, with how many of its premises.
    private var known: [(frame: Int, premises: Int)] = []

    init(_ budget: Z3Budget, in context: Z3Context) throws(SolverError) {
        solver = try Z3Solver(.incremental, budget, in: context)
    }

    /// Asks whether the frames' premises and these terms can hold together; all are translated.
    func check(
        _ terms: [Boolean], _ frames: [PremiseFrame], _ translation: Z3Translation, resources: UInt32
    ) throws(SolverError) -> Z3Outcome {
        try synchronize(frames, translation)
        try solver.limit(resources: resources)
        try solver.push()
        for term in terms { try solver.assert(translation.term(term.id)) }
        let outcome = try solver.check()
        try solver.pop(1)
        return outcome
    }

    private func synchronize(
        _ frames: [PremiseFrame], _ translation: Z3Translation
    ) throws(SolverError) {
        let shared = zip(known, frames).prefix { $0.frame == $1.number }.count
        if shared < known.count {
            try solver.pop(known.count - shared)
            known.removeSubrange(shared...)
        }
        for (level, frame) in frames.enumerated() {
            if level == known.count {
                try solver.push()
                known.append((frame.number, 0))
            }
            for premise in frame.premises[known[level].premises...] {
                try solver.assert(translation.term(premise.id))
            }
            known[level].premises = frame.premises.count
        }
    }
}
