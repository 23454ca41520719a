/// The intervals of one flow in two layers: ports that are looked up one by one, and ranges beneath them.
///
/// A port that is in the upper layer is decided there, so a hole in a range need not cut the range in two.
struct PortLayers {
    /// Up to so many ports are cheaper as entries of their own than as a range.
    static let narrowLimit = 8

    private(set) var exact: [(port: UInt16, word: UInt32)] = []
    /// Ascending and disjoint.
    private(set) var ranges: [FlatDecisions.Interval] = []

    /// Whether a flow has ports of the upper layer only, as most have: nothing else need be made of it then.
    static func isExact(_ intervals: [FlatDecisions.Interval]) -> Bool {
        intervals.allSatisfy { $0.ports.count <= narrowLimit }
    }

    init(_ intervals: [FlatDecisions.Interval]) {
        var previousEnd: UInt16?
        /// Every port since the end of the last range is in the upper layer.
        var isBridged = false
        for interval in intervals {
            let ports = interval.ports
            if previousEnd.map({ Int($0) + 1 }) != Int(ports.lowerBound) { isBridged = false }
            previousEnd = ports.upperBound
            if ports.count <= Self.narrowLimit {
                for port in ports { exact.append((port, interval.word)) }
                continue
            }
            if isBridged, let last = ranges.last, last.word == interval.word {
                ranges[ranges.count - 1] = .init(
                    ports: last.ports.lowerBound...ports.upperBound, word: last.word)
            } else {
                ranges.append(interval)
            }
            isBridged = true
        }
    }
}
