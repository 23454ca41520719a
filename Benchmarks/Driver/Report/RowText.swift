internal import Foundation

/// A row as a line of fixed columns.
enum RowText {
    static let header = line("target", "size", "ours", "baseline", "ratio", "limit", "")

    static func line(_ row: Row) -> String {
        line(
            row.name, row.size == 0 ? "" : String(row.size), "\(number(row.ours)) \(row.unit)",
            row.baseline.map { "\(number($0)) \(row.unit)" } ?? "",
            row.ratio.map { String(format: "%.3f", $0) } ?? "",
            row.target.map { String(format: "%.4g", $0) } ?? "", row.verdict.rawValue)
    }

    private static func line(
        _ name: String, _ size: String, _ ours: String, _ baseline: String, _ ratio: String, _ limit: String,
        _ verdict: String
    ) -> String {
        [
            name.padding(toLength: 52, withPad: " ", startingAt: 0), right(size, 6), right(ours, 16),
            right(baseline, 12), right(ratio, 8), right(limit, 8), "  " + verdict,
        ].joined()
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(1, width - text.count)) + text
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e9
            ? String(Int(value)) : String(format: value < 10 ? "%.2f" : "%.1f", value)
    }
}
