extension Piecewise {
    /// Of every box the first point and the last: where a bound that is off by one shows itself.
    ///
    /// Calls stop when one answers false.
    func forEachCorner<Failure: Error>(
        widths: [Int], _ body: ([UInt64]) throws(Failure) -> Bool
    ) throws(Failure) {
        let greatest = widths.map { UInt64.max >> UInt64(64 - $0) }
        var (first, last) = ([UInt64](repeating: 0, count: widths.count), greatest)
        _ = try visit(&first, &last, greatest, body)
    }

    private func visit<Failure: Error>(
        _ first: inout [UInt64], _ last: inout [UInt64], _ greatest: [UInt64],
        _ body: ([UInt64]) throws(Failure) -> Bool
    ) throws(Failure) -> Bool {
        guard case .steps(let steps) = self else {
            guard try body(first) else { return false }
            if first == last { return true }
            return try body(last)
        }
        let coordinate = steps.coordinate
        defer { (first[coordinate], last[coordinate]) = (0, greatest[coordinate]) }
        for (place, part) in steps.parts.enumerated() {
            first[coordinate] = steps.starts[place]
            let isLast = place + 1 == steps.parts.count
            last[coordinate] = isLast ? greatest[coordinate] : steps.starts[place + 1] - 1
            guard try part.visit(&first, &last, greatest, body) else { return false }
        }
        return true
    }
}
