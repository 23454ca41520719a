/// Joins overlapping port ranges: at each port the greatest word holds.
///
/// The strongest range paints first and no port is painted twice, so that a thousand overlapping ranges cost
/// no more than sorting them.
struct PortPainting {
    struct Stroke {
        let ports: ClosedRange<UInt16>
        let word: UInt32
    }

    static func join(_ strokes: some RandomAccessCollection<Stroke>) -> [FlatDecisions.Interval] {
        if strokes.count == 1, let only = strokes.first { return [.init(ports: only.ports, word: only.word)] }

        // Cells between all ends: no range begins or ends inside one.
        var starts: [Int] = []
        starts.reserveCapacity(strokes.count * 2)
        for stroke in strokes {
            starts.append(Int(stroke.ports.lowerBound))
            starts.append(Int(stroke.ports.upperBound) + 1)
        }
        starts = starts.sorted().reduce(into: []) { if $0.last != $1 { $0.append($1) } }

        var words = [UInt32](repeating: 0, count: starts.count - 1)
        // From each cell to the first one at or behind it that is still blank.
        var blank = Array(0...words.count)
        func firstBlank(from cell: Int) -> Int {
            var root = cell
            while blank[root] != root { root = blank[root] }
            var step = cell
            while blank[step] != root { (step, blank[step]) = (blank[step], root) }
            return root
        }
        for stroke in strokes.sorted(by: { $0.word > $1.word }) {
            let end = lowerBound(Int(stroke.ports.upperBound) + 1, in: starts)
            var cell = firstBlank(from: lowerBound(Int(stroke.ports.lowerBound), in: starts))
            while cell < end {
                words[cell] = stroke.word
                blank[cell] = cell + 1
                cell = firstBlank(from: cell)
            }
        }
        return intervals(starts: starts, words: words)
    }

    private static func lowerBound(_ value: Int, in sorted: [Int]) -> Int {
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func intervals(starts: [Int], words: [UInt32]) -> [FlatDecisions.Interval] {
        var result: [FlatDecisions.Interval] = []
        for (cell, word) in words.enumerated() where word != 0 {
            let last = UInt16(starts[cell + 1] - 1)
            if cell > 0, words[cell - 1] == word, let previous = result.popLast() {
                result.append(.init(ports: previous.ports.lowerBound...last, word: word))
            } else {
                result.append(.init(ports: UInt16(starts[cell])...last, word: word))
            }
        }
        return result
    }
}
