internal import Foundation

/// The rows for machines.
struct RowJSON: Encodable {
    let name: String
    let size: Int
    let unit: String
    let ours: Double
    let baseline: Double?
    let ratio: Double?
    let limit: Double?
    let verdict: String

    init(_ row: Row) {
        name = row.name
        size = row.size
        unit = row.unit
        ours = row.ours
        baseline = row.baseline
        ratio = row.ratio
        limit = row.target
        verdict = row.verdict.rawValue
    }

    static func write(_ rows: [Row], to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(rows.map(RowJSON.init)).write(to: URL(filePath: path))
    }
}
