internal import CasaPolicyIR

/// Asks `casa_verdict` and the policy the same, and compares.
struct VerdictTrial {
    let run: DecisionRun
    let policy: ClassifiedPolicy

    /// What they say to one question, if they disagree; of class and question the low 32 bits count.
    func counterexample(
        subject: UInt32, classNumber: UInt64, question: UInt64
    ) throws(ProofError) -> Counterexample? {
        let asked = (
            classNumber: UInt32(truncatingIfNeeded: classNumber),
            question: UInt32(truncatingIfNeeded: question)
        )
        let answer = try run.answer(subject: subject, [classNumber, question])
        let expected = policy.word(subject: subject, class: asked.classNumber, question: asked.question)
        guard answer != UInt64(expected) else { return nil }
        let found = UInt32(truncatingIfNeeded: answer)
        if found == expected { throw .rejected("`casa_verdict` answers with more than 32 bits") }
        return .decision(
            DecisionCounterexample(
                subject: subject, classNumber: asked.classNumber, question: asked.question, found: found,
                expected: expected))
    }

    /// The first of a function's corners where code and policy disagree.
    func atCorners(of reference: Piecewise) throws(ProofError) -> Counterexample? {
        var counterexample: Counterexample?
        try reference.forEachCorner(widths: [32, 32, 32]) { point throws(ProofError) in
            let subject = UInt32(truncatingIfNeeded: point[VerdictCoordinate.subject.rawValue])
            let question = point[VerdictCoordinate.question.rawValue]
            let number = point[VerdictCoordinate.classNumber.rawValue]
            guard try run.answer(subject: subject, [number, question]) != UInt64(reference.value(at: point))
            else { return true }
            counterexample = try self.counterexample(
                subject: subject, classNumber: number, question: question)
            precondition(counterexample != nil, "CASA9001: the reference is not what the policy says")
            return false
        }
        return counterexample
    }
}
