/// The coordinates of a decision: what `casa_verdict` is asked with.
enum VerdictCoordinate: Int, CaseIterable {
    case subject, classNumber, question
}

extension ClassifiedPolicy {
    /// What `casa_verdict` has to answer, for every subject, class and question of 32 bits.
    ///
    /// Over the subject, the class and the question.
    package var verdict: Piecewise { Self.verdict(flows) }

    static func verdict(_ flows: [FlowDecisions]) -> Piecewise {
        var subjects = PiecewiseAssembly(along: VerdictCoordinate.subject.rawValue)
        for subject in runs(flows[...], by: \.subject) {
            var classes = PiecewiseAssembly(along: VerdictCoordinate.classNumber.rawValue)
            for about in runs(subject, by: \.classNumber) {
                classes.add(questions(about), on: single(about[about.startIndex].flow.classNumber))
            }
            subjects.add(classes.function, on: single(subject[subject.startIndex].flow.subject))
        }
        return subjects.function
    }

    /// Flows in order are questions in order: direction, then protocol.
    private static func questions(_ flows: ArraySlice<FlowDecisions>) -> Piecewise {
        var questions = PiecewiseAssembly(along: VerdictCoordinate.question.rawValue)
        for decisions in flows {
            let base = UInt64(decisions.flow.question)
            for interval in decisions.intervals {
                let (first, last) = (UInt64(interval.ports.lowerBound), UInt64(interval.ports.upperBound))
                questions.add(.word(interval.word), on: base + first...base + last)
            }
        }
        return questions.function
    }

    private static func single(_ number: UInt32) -> ClosedRange<UInt64> { UInt64(number)...UInt64(number) }

    /// Neighbours that agree in a part of their flow.
    private static func runs(
        _ flows: ArraySlice<FlowDecisions>, by part: (Flow) -> UInt32
    ) -> [ArraySlice<FlowDecisions>] {
        var runs: [ArraySlice<FlowDecisions>] = []
        var start = flows.startIndex
        for index in flows.indices
        where index + 1 == flows.endIndex || part(flows[index].flow) != part(flows[index + 1].flow) {
            runs.append(flows[start...index])
            start = index + 1
        }
        return runs
    }
}
