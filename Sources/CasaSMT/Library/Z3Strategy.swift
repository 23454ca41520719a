/// Which of Z3's solvers is asked.
///
/// Measured with Z3 4.8.12, in processor time. A thousand questions of a few 64-bit comparisons each: the
/// plain solver with push and pop 0.26 s, made anew each time 0.45 s; bit-blasting 1.5 s, Z3's default solver
/// 22 s made anew. A disjunction of a thousand ranges against another form of itself: plain 4.2 s,
/// bit-blasting 0.7 s.
/// Assumption literals instead of push and pop leave each question's clauses behind: after a thousand, twenty
/// times slower.
enum Z3Strategy {
    /// Keeps what it has been told between questions: small ones.
    case incremental
    /// Preprocesses, bit-blasts, and starts from nothing each time: large or hard ones.
    case thorough

    /// What the incremental solver may spend before the question is called hard.
    ///
    /// Some ten milliseconds, and what it takes to look at a large premise; small questions take less than a
    /// twentieth of it. In steps, because telling the solver its limits costs as much as a small question.
    static func resourcesOfEasy(_ cone: Cone) -> UInt32 {
        100_000 * UInt32(1 + min(cone.count / 1_000, 10_000))
    }

    /// The number of terms above which a question is large, premises that were assumed before it aside; from
    /// there on, telling the incremental solver costs more than the thorough one needs in all.
    static let sizeOfLarge = 2_000
}
