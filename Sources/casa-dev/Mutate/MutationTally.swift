/// How many mutants came to what.
struct MutationTally {
    private var counts: [Mutation.Kind: [Int]] = [:]

    init() {}

    init(_ reports: [MutantRun.Report]) {
        for report in reports {
            counts[report.mutation.kind, default: [0, 0, 0, 0]][Self.column(report.outcome)] += 1
        }
    }

    mutating func add(_ other: MutationTally) {
        for (kind, own) in other.counts {
            for (column, count) in own.enumerated() { counts[kind, default: [0, 0, 0, 0]][column] += count }
        }
    }

    private static func column(_ outcome: MutantTrial.Outcome) -> Int {
        switch outcome {
        case .refuted: 0
        case .rejected: 1
        case .equivalent: 2
        case .survived: 3
        }
    }

    private func total(_ column: Int) -> Int { counts.values.reduce(0) { $0 + $1[column] } }

    private var all: Int { (0..<4).reduce(0) { $0 + total($1) } }

    private var fine: Int {
        counts.filter(\.key.isFine).values.reduce(0) { $0 + $1.reduce(0, +) }
    }

    var survived: Int { total(3) }

    /// Whether a third are a single table bit, a port boundary, a subject or a direction.
    var isFineEnough: Bool { fine * 3 >= all }

    /// A line for each kind of mistake.
    var kinds: [String] {
        let rows = Mutation.Kind.allCases.compactMap { kind in
            counts[kind].map {
                "  \(kind.rawValue): \($0[0]) refuted, \($0[1]) rejected, \($0[2]) equivalent, \($0[3]) survived"
            }
        }
        return rows + ["  \(fine) of \(all) are a table bit, a port boundary, a subject or a direction"]
    }

    var conclusion: String {
        "\(all) mutants, \(total(0)) refuted, \(total(1)) rejected, \(total(2)) equivalent, \(survived) survived"
    }
}
