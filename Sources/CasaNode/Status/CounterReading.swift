internal import CasaBundle

/// Per-processor counters, added up.
enum CounterReading {
    /// The words of a value, each summed over the processors.
    static func sum(_ map: KernelMap, at index: UInt32) throws(SystemCallFailure) -> [UInt64] {
        var sums = [UInt64](repeating: 0, count: Int(map.shape.valueBytes) / 8)
        for value in try map.values(at: index) {
            for word in sums.indices { sums[word] &+= value.number(UInt64.self, at: word * 8) ?? 0 }
        }
        return sums
    }
}
