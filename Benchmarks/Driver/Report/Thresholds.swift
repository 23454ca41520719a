internal import Foundation

/// What was promised: the committed file of targets.
struct Thresholds: Decodable {
    struct Target: Decodable, Hashable {
        let name: String
        let size: Int
        /// Of the ratio to the baseline where there is one, else of the number itself.
        let limit: Double
    }

    let targets: [Target]

    static func read(_ path: String) throws -> Thresholds {
        try JSONDecoder().decode(Thresholds.self, from: Data(contentsOf: URL(filePath: path)))
    }

    func apply(to row: Row) -> Row {
        row.held(to: targets.first { $0.name == row.name && $0.size == row.size }?.limit)
    }

    /// Targets that nothing measured: a promise that is not looked at is not kept.
    func unmeasured(by rows: [Row]) -> [Target] {
        targets.filter { target in !rows.contains { $0.name == target.name && $0.size == target.size } }
    }
}
