/// A function that is constant from each start up to the next one: what a balanced search looks up.
struct StepFunction<Value: Hashable & Sendable>: Hashable, Sendable {
    struct Step: Hashable, Sendable {
        let start: UInt64
        let value: Value
    }

    /// The first starts at zero; neighbours differ.
    private(set) var steps: [Step]

    /// Constant until something is appended.
    init(_ value: Value) {
        steps = [Step(start: 0, value: value)]
    }

    /// Values for intervals that ascend and do not overlap, and one for everything between them.
    init(_ intervals: some Sequence<(ClosedRange<UInt64>, Value)>, otherwise rest: Value) {
        self.init(rest)
        for (interval, value) in intervals {
            change(to: value, at: interval.lowerBound)
            if interval.upperBound < UInt64.max { change(to: rest, at: interval.upperBound + 1) }
        }
    }

    /// From `start` on, not before any earlier change, the value is another.
    mutating func change(to value: Value, at start: UInt64) {
        if let last = steps.last, last.start == start { steps.removeLast() }
        if let last = steps.last, last.value == value { return }
        steps.append(Step(start: start, value: value))
    }
}
