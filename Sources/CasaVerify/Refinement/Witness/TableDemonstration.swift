internal import CasaPolicyIR

/// Shows a place of a table that no policy explains; if the code can be led to it, the question that leads there.
struct TableDemonstration {
    let object: ObjectReplay
    let legend: WitnessLegend

    func show(_ entry: TableCounterexample) throws(ReplayFailure) -> Demonstration {
        guard entry.found != entry.expected else { throw .notReproduced("slot \(entry.slot) is as expected") }
        return Demonstration(
            summary: "a table holds what no policy explains",
            lines: [
                .init("table", "\(entry.table), slot \(entry.slot)"), .init("policy", entry.expected),
                .init("bytes", entry.found),
            ],
            packet: nil, rule: nil)
    }
}
