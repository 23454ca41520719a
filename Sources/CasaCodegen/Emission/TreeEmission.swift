internal import CasaBPF
internal import CasaPolicyIR

/// Emits `casa_verdict` as a tree in code: subject, then class, then question.
///
/// The subject is a constant once a program is loaded, so the kernel keeps only the branch of one workload.
struct TreeEmission {
    /// From questions to decision words.
    private typealias Decisions = StepFunction<UInt32>

    static func emit(_ flat: FlatDecisions) throws(AssemblyError) -> AssembledCode {
        var assembler = Assembler()
        assembler.function(PolicySymbols.verdict)
        let search = Provenance.search.tag
        assembler.emit(.arithmetic(.move, .bits32, .r0, 0), tag: search)
        assembler.loadMapValue(.r3, symbol: PolicySymbols.subject, tag: search)
        assembler.emit(.load(.word, .r3, base: .r3, offset: 0), tag: search)
        BalancedSearch(register: .r3, width: .bits32, scratch: .r4).emit(bySubject(flat), into: &assembler) {
            classes, assembler in
            BalancedSearch(register: .r1, width: .bits32, scratch: .r4).emit(classes, into: &assembler) {
                questions, assembler in
                BalancedSearch(register: .r2, width: .bits32, scratch: .r4).emit(
                    questions, into: &assembler, leaf: answer)
            }
        }
        return try assembler.finish()
    }

    /// `r0` is zero until a leaf says otherwise.
    private static func answer(_ word: UInt32, _ assembler: inout Assembler) {
        guard let rule = Decision(word: word).rule else {
            assembler.emit(.exit, tag: Provenance.noRule.tag)
            return
        }
        let tag = Provenance.rule(rule).tag
        assembler.emit(
            .arithmetic(.move, .bits32, .r0, .immediate(Int32(bitPattern: word))), tag: tag)
        assembler.emit(.exit, tag: tag)
    }

    private static func bySubject(_ flat: FlatDecisions) -> StepFunction<StepFunction<Decisions>> {
        let nothing = StepFunction(Decisions(0))
        return StepFunction(
            runs(flat.entries[...], by: \.flow.subject).map {
                (single($0[$0.startIndex].flow.subject), byClass($0))
            },
            otherwise: nothing)
    }

    /// Neighbouring classes with the same answers, such as the regions of one block, share a leaf.
    private static func byClass(_ entries: ArraySlice<FlatDecisions.Entry>) -> StepFunction<Decisions> {
        StepFunction(
            runs(entries, by: \.flow.classNumber).map {
                (single($0[$0.startIndex].flow.classNumber), byQuestion($0))
            },
            otherwise: Decisions(0))
    }

    private static func byQuestion(_ entries: ArraySlice<FlatDecisions.Entry>) -> Decisions {
        let sorted = entries.sorted { $0.flow.question < $1.flow.question }
        return Decisions(
            sorted.flatMap { entry in
                entry.intervals.map { interval in
                    let base = UInt64(entry.flow.question)
                    return (
                        base + UInt64(interval.ports.lowerBound)...base + UInt64(interval.ports.upperBound),
                        interval.word
                    )
                }
            },
            otherwise: 0)
    }

    private static func single(_ number: UInt16) -> ClosedRange<UInt64> { UInt64(number)...UInt64(number) }

    /// Neighbours that agree in a part of their flow.
    private static func runs(
        _ entries: ArraySlice<FlatDecisions.Entry>, by part: KeyPath<FlatDecisions.Entry, UInt16>
    ) -> [ArraySlice<FlatDecisions.Entry>] {
        var runs: [ArraySlice<FlatDecisions.Entry>] = []
        var start = entries.startIndex
        for index in entries.indices
        where index == entries.endIndex - 1
            || entries[index][keyPath: part] != entries[index + 1][keyPath: part]
        {
            runs.append(entries[start...index])
            start = index + 1
        }
        return runs
    }
}
