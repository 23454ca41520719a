/// One attempt to find displacements, for one seed.
struct PerfectHashSearch {
    /// The hashes of the keys, bucket by bucket: those of bucket `b` are `hashes[starts[b]..<starts[b + 1]]`.
    private let hashes: [UInt64]
    /// The index of the key that each of them is of; ascending in a bucket.
    private let members: [Int32]
    private let starts: [Int]
    private(set) var displacements: [UInt16]
    /// The index of the key in each slot, or -1.
    private(set) var occupants: [Int32]

    init(keys: [UInt64], seed: UInt64, buckets: Int, slots: Int) {
        precondition(keys.count <= Int(Int32.max), "tables have far fewer keys")
        let unordered = keys.map { TableHash.mix($0, seed: seed) }
        var starts = [Int](repeating: 0, count: buckets + 1)
        for hash in unordered { starts[TableHash.bucket(hash, of: buckets) + 1] += 1 }
        for bucket in 0..<buckets { starts[bucket + 1] += starts[bucket] }
        var next = starts
        var hashes = unordered
        var members = [Int32](repeating: 0, count: keys.count)
        for (index, hash) in unordered.enumerated() {
            let bucket = TableHash.bucket(hash, of: buckets)
            hashes[next[bucket]] = hash
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
        var taken = [Int](repeating: 0, count: largest)
        for size in stride(from: largest, to: 0, by: -1) {
            for bucket in bySize[size] {
                let keys = starts[bucket]..<starts[bucket + 1]
                guard let displacement = Self.displacement(for: hashes[keys], avoiding: occupants, &taken)
                else {
                    return false
                }
                displacements[bucket] = displacement
                for (slot, key) in zip(taken, keys) { occupants[slot] = members[key] }
            }
        }
        return true
    }

    /// The first displacement that takes a bucket's keys to slots that are free and differ; they are `taken` then.
    private static func displacement(
        for hashes: ArraySlice<UInt64>, avoiding occupants: [Int32], _ taken: inout [Int]
    ) -> UInt16? {
        search: for displacement in UInt16.min...UInt16.max {
            var count = 0
            for hash in hashes {
                let slot = TableHash.slot(hash, displacement: displacement, of: occupants.count)
                if occupants[slot] >= 0 { continue search }
                for other in 0..<count where taken[other] == slot { continue search }
                taken[count] = slot
                count += 1
            }
            return displacement
        }
        return nil
    }
}
