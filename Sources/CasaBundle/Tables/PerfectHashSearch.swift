/// One attempt to find displacements, for one seed.
struct PerfectHashSearch {
    private let hashes: [UInt64]
    /// Keys by bucket: those of bucket `b` are `members[starts[b]..<starts[b + 1]]`, ascending.
    private let members: [Int32]
    private let starts: [Int]
    private(set) var displacements: [UInt16]
    /// The index of the key in each slot, or -1.
    private(set) var occupants: [Int32]

    init(keys: [UInt64], seed: UInt64, buckets: Int, slots: Int) {
        precondition(keys.count <= Int(Int32.max), "tables have far fewer keys")
        let hashes = keys.map { TableHash.mix($0, seed: seed) }
        var starts = [Int](repeating: 0, count: buckets + 1)
        for hash in hashes { starts[TableHash.bucket(hash, of: buckets) + 1] += 1 }
        for bucket in 0..<buckets { starts[bucket + 1] += starts[bucket] }
        var next = starts
        var members = [Int32](repeating: 0, count: keys.count)
        for (index, hash) in hashes.enumerated() {
            let bucket = TableHash.bucket(hash, of: buckets)
            members[next[bucket]] = Int32(index)
            next[bucket] += 1
        }
        self.hashes = hashes
        self.members = members
        self.starts = starts
        displacements = [UInt16](repeating: 0, count: buckets)
        occupants = [Int32](repeating: -1, count: slots)
    }

    /// Places crowded buckets first, while there is room; ties by number, so that the result is one.
    mutating func place() -> Bool {
        let sizes = displacements.indices.map { starts[$0 + 1] - starts[$0] }
        let largest = sizes.max() ?? 0
        var bySize = [[Int]](repeating: [], count: largest + 1)
        for (bucket, size) in sizes.enumerated() { bySize[size].append(bucket) }
        var taken: [Int] = []
        for size in stride(from: largest, to: 0, by: -1) {
            for bucket in bySize[size] where !place(bucket, &taken) { return false }
        }
        return true
    }

    private mutating func place(_ bucket: Int, _ taken: inout [Int]) -> Bool {
        let keys = starts[bucket]..<starts[bucket + 1]
        search: for displacement in UInt16.min...UInt16.max {
            taken.removeAll(keepingCapacity: true)
            for key in keys {
                let slot = TableHash.slot(
                    hashes[Int(members[key])], displacement: displacement, of: occupants.count)
                if occupants[slot] >= 0 || taken.contains(slot) { continue search }
                taken.append(slot)
            }
            for (key, slot) in zip(keys, taken) { occupants[slot] = members[key] }
            displacements[bucket] = displacement
            return true
        }
        return false
    }
}
