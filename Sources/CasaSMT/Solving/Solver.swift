/// Asks Z3 about terms.
///
/// A solver belongs to one thread at a time, like the arena of its terms; the compiler sees to it. To make
/// one takes some ten milliseconds, so one serves many questions, and many arenas one after the other. The
/// same questions in the same order get the same answers and models, in every process, unless a time limit
/// cuts in.
package final class Solver {
    package let limits: SolverLimits
    /// All of its questions so far.
    package var statistics: SolverStatistics {
        var statistics = counted
        statistics.steps = context.steps
        return statistics
    }
    var counted = SolverStatistics()
    let context: Z3Context
    var session: IncrementalSession?
    private var translation: Z3Translation?
    private(set) var frames = [PremiseFrame(number: 0)]
    private var frameCount = 1
    /// Conjunctions of the arena in use that were seen to be satisfiable.
    var knownSatisfiable: Set<TermID> = []

    package init(limits: SolverLimits = SolverLimits()) throws(SolverError) {
        self.limits = limits
        context = try Z3Context()
    }

    /// The library's name for itself.
    package static var version: String { "Z3 \(Z3Context.version)" }

    /// What every question assumes now.
    package var premises: [Boolean] { frames.flatMap(\.premises) }

    /// Assumes a premise of every question, until its frame is popped.
    ///
    /// Worth it where many questions share the premise: the solver is told once.
    package func assume(_ premise: Boolean) { frames[frames.count - 1].premises.append(premise) }

    package func push() { frames.append(makeFrame([])) }

    package func pop() {
        precondition(frames.count > 1, "a pop undoes a push")
        frames.removeLast()
    }

    func makeFrame(_ premises: [Boolean]) -> PremiseFrame {
        defer { frameCount += 1 }
        return PremiseFrame(number: frameCount, premises: premises)
    }

    /// The arena's translation; what was known of another arena is given up.
    func translation(of arena: TermArena) -> Z3Translation {
        if let translation, translation.arena === arena { return translation }
        session = nil
        knownSatisfiable = []
        let fresh = Z3Translation(of: arena, in: context)
        translation = fresh
        return fresh
    }
}
