internal import CasaBundle
internal import CasaNode
internal import CasaPolicyIR

/// The pairs with what was expected of them, and what became of them.
struct DemoTable {
    /// A pair, the verdicts with every program attached, and those without the ones at connect and sendmsg.
    struct Row {
        let pair: Pair
        var verdicts: [Verdict] = []
        var packetVerdicts: [Verdict] = []

        var isExpected: Bool { (verdicts + packetVerdicts).allSatisfy(\.isExpected) }
    }

    let rows: [Row]
    /// Of the bundles, by namespace.
    let rules: [String: [RuleEntry]]

    var text: String {
        let heads = ["from", "to", "expected", "kernel", "packet programs alone", "rule"]
        let cells = [heads] + rows.map(cells)
        let widths = heads.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        return cells.map { row in
            var line = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
                .joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }

    /// The last line of every demo.
    var conclusion: String {
        let unexpected = rows.count { !$0.isExpected }
        return "\(rows.count) pairs, \(rows.count - unexpected) as expected, \(unexpected) unexpected"
    }

    private func cells(_ row: Row) -> [String] {
        let pair = row.pair
        let suffix = pair.transport == .udp ? "/udp" : ""
        return [
            pair.source.name, "\(pair.target.name):\(pair.port)\(suffix)",
            word(pair.expectation) + (row.isExpected ? "" : " (!)"), Self.cell(row.verdicts, pair),
            Self.cell(row.packetVerdicts, pair), reason(pair.expectation),
        ]
    }

    private func word(_ expectation: Expectation) -> String {
        switch expectation {
        case .open: "open"
        case .allowed: "allow"
        case .refused: "refuse"
        }
    }

    /// One word where both families fared alike.
    private static func cell(_ verdicts: [Verdict], _ pair: Pair) -> String {
        guard let first = verdicts.first else { return "-" }
        if verdicts.allSatisfy({ $0.text == first.text }) { return first.text }
        return zip(verdicts, pair.routes)
            .map { "\($1.to.bitWidth == 32 ? "IPv4" : "IPv6") \($0.text)" }.joined(separator: ", ")
    }

    private func reason(_ expectation: Expectation) -> String {
        switch expectation {
        case .open: "neither end is managed"
        case .allowed(let rulings): rulings.first.map(reason) ?? ""
        case .refused(let ruling): reason(ruling)
        }
    }

    private func reason(_ ruling: Expectation.Ruling) -> String {
        guard let rule = rules[ruling.namespace]?.first(where: { $0.number == ruling.rule }) else {
            return "no rule: \(ruling.direction.rawValue) of \(ruling.subject.name)"
        }
        let place = rule.origin.map { "\($0.file):\($0.line)" }
        let source = rule.source.hasPrefix("implicit ") ? rule.source : nil
        let written = [source, place].compactMap { $0 }.joined(separator: ", ")
        return "\(RuleText.flow(of: rule)) (\(written))"
    }
}
