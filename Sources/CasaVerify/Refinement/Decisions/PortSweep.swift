/// Ports with one decision word.
struct PortInterval: Hashable, Sendable {
    let ports: ClosedRange<UInt16>
    let word: UInt32
}

/// Joins port ranges that overlap: at each port the greatest word holds.
///
/// One walk along the ports with the words that hold, in order.
struct PortSweep {
    private struct Event {
        let port: Int
        let word: UInt32
        let begins: Bool
    }

    /// Ascending and disjoint; neighbours that touch differ, and no word is zero.
    static func join(_ ranges: some Collection<PortInterval>) -> [PortInterval] {
        if ranges.count <= 1 { return Array(ranges) }
        var events: [Event] = []
        events.reserveCapacity(ranges.count * 2)
        for range in ranges {
            events.append(Event(port: Int(range.ports.lowerBound), word: range.word, begins: true))
            events.append(Event(port: Int(range.ports.upperBound) + 1, word: range.word, begins: false))
        }
        events.sort { ($0.port, $0.word) < ($1.port, $1.word) }
        var result: [PortInterval] = []
        var holding: [UInt32] = []
        var (current, start) = (UInt32(0), 0)
        for (index, event) in events.enumerated() {
            let place = holding.firstPlace { $0 >= event.word }
            if event.begins { holding.insert(event.word, at: place) } else { holding.remove(at: place) }
            if index + 1 < events.count, events[index + 1].port == event.port { continue }
            let strongest = holding.last ?? 0
            guard strongest != current else { continue }
            if current != 0 {
                result.append(PortInterval(ports: UInt16(start)...UInt16(event.port - 1), word: current))
            }
            (current, start) = (strongest, event.port)
        }
        return result
    }
}

extension Array {
    /// The index of the first element that satisfies what all behind it satisfy too; the end if none does.
    func firstPlace(where isBehind: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
