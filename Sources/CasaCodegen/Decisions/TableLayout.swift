internal import CasaBundle

/// What goes into the decision table: exact ports, and ranges by number.
///
/// All ranges of the namespace together cut the ports into pieces; a flow has an entry for each piece that
/// one of its ranges covers.
struct TableLayout {
    /// The largest value of a map on Linux 5.10 is 4 MiB; 290 000 entries take 4.06 million bytes.
    static let entryLimit = 290_000
    /// The search for a piece takes three slots a piece; no jump across it can be out of reach.
    static let pieceLimit = 8_000

    let entries: [DecisionTable.Entry]
    /// From ports to the number of the piece; nil where no range reaches.
    let pieces: StepFunction<Int?>

    /// Fails if the table would be larger than the kernel takes, or has more pieces than code can tell apart.
    init?(_ flat: FlatDecisions) {
        var layers: [Int: PortLayers] = [:]
        for (index, entry) in flat.entries.enumerated() where !PortLayers.isExact(entry.intervals) {
            layers[index] = PortLayers(entry.intervals)
        }
        let starts = Self.starts(layers.values.lazy.flatMap(\.ranges))
        guard starts.count <= Self.pieceLimit else { return nil }

        var entries: [DecisionTable.Entry] = []
        entries.reserveCapacity(flat.entries.count)
        var isUsed = [Bool](repeating: false, count: starts.count)
        for (index, entry) in flat.entries.enumerated() {
            guard entries.count <= Self.entryLimit else { return nil }
            guard let layer = layers[index] else {
                for interval in entry.intervals {
                    for port in interval.ports {
                        entries.append(Self.entry(entry.flow, .port(port), interval.word))
                    }
                }
                continue
            }
            for (port, word) in layer.exact { entries.append(Self.entry(entry.flow, .port(port), word)) }
            for range in layer.ranges {
                let pieces = Self.pieces(of: range, starts: starts)
                guard entries.count + pieces.count <= Self.entryLimit else { return nil }
                for piece in pieces {
                    entries.append(Self.entry(entry.flow, .range(piece), range.word))
                    isUsed[piece] = true
                }
            }
        }
        guard entries.count <= Self.entryLimit else { return nil }
        self.entries = entries
        var pieces = StepFunction<Int?>(nil)
        for (piece, start) in starts.enumerated() where start <= Int(UInt16.max) {
            pieces.change(to: isUsed[piece] ? piece : nil, at: UInt64(start))
        }
        self.pieces = pieces
    }

    private static func entry(
        _ flow: FlatDecisions.Flow, _ port: DecisionTable.PortKey, _ word: UInt32
    ) -> DecisionTable.Entry {
        DecisionTable.Entry(key: flow.rawValue | UInt64(port.number), word: word)
    }

    /// Where pieces begin; the last one covers nothing and ends the others.
    private static func starts(_ ranges: some Sequence<FlatDecisions.Interval>) -> [Int] {
        var starts: Set<Int> = []
        for range in ranges {
            starts.insert(Int(range.ports.lowerBound))
            starts.insert(Int(range.ports.upperBound) + 1)
        }
        return starts.sorted()
    }

    private static func pieces(of range: FlatDecisions.Interval, starts: [Int]) -> Range<Int> {
        place(
            of: Int(range.ports.lowerBound), in: starts)..<place(
                of: Int(range.ports.upperBound) + 1, in: starts)
    }

    /// The index of a start.
    private static func place(of start: Int, in starts: [Int]) -> Int {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] < start { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
