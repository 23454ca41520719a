/// The hash of the tables: the same arithmetic in the templates' C, in emitted bytecode and here
/// (`spec/bundle.md`).
package enum TableHash {
    package static let first: UInt64 = 0x9E37_79B9_7F4A_7C15
    /// How far the upper bits are folded down; the bucket is of bits that the fold leaves alone.
    package static let foldShift: Int32 = 44
    package static let final: UInt64 = 0xE703_7ED1_A0B4_28DB

    package static func mix(_ key: UInt64, seed: UInt64) -> UInt64 {
        let hash = (key ^ seed) &* first
        return hash ^ hash >> UInt64(foldShift)
    }

    package static func bucket(_ hash: UInt64, of count: Int) -> Int {
        Int((hash >> 32 &* UInt64(count)) >> 32)
    }

    package static func slot(_ hash: UInt64, displacement: UInt16, of count: Int) -> Int {
        let mixed = (hash ^ UInt64(displacement)) &* final
        return Int((mixed >> 32 &* UInt64(count)) >> 32)
    }

    /// The two halves of an IPv6 address as one key.
    package static func fold(high: UInt64, low: UInt64) -> UInt64 {
        let product = low &* first
        return high ^ (product << 31 | product >> 33)
    }
}

/// A perfect hash over given keys: bucket, displacement, slot (hash, displace and compress; Belazzougui,
/// Botelho and Dietzfelbinger 2009), searched deterministically.
package struct PerfectHash: Sendable {
    package let seed: UInt64
    package let displacements: [UInt16]
    package let slotCount: Int
    /// The index of the key that lives in each slot.
    package let occupants: [Int?]

    /// Fails only if no seed of the search works, which for distinct hashes of up to a million keys is not
    /// seen.
    package init?(keys: [UInt64]) {
        let slots = Self.slotCount(keys: keys.count)
        guard !keys.isEmpty else {
            self.init(seed: 0, displacements: [0], slotCount: slots, occupants: [nil])
            return
        }
        let buckets = (keys.count + 3) / 4
        for attempt in 0..<UInt64(64) {
            let seed = TableHash.mix(attempt + 1, seed: UInt64(keys.count)) &* TableHash.final
            var search = PerfectHashSearch(keys: keys, seed: seed, buckets: buckets, slots: slots)
            guard search.place() else { continue }
            self.init(
                seed: seed, displacements: search.displacements, slotCount: slots,
                occupants: search.occupants.map { $0 < 0 ? nil : Int($0) })
            return
        }
        return nil
    }

    /// How many slots a table for so many keys has.
    ///
    /// The free ninth makes the last buckets easy to place; 14 bytes an entry all the same.
    package static func slotCount(keys: Int) -> Int { keys + keys / 8 + 1 }

    private init(seed: UInt64, displacements: [UInt16], slotCount: Int, occupants: [Int?]) {
        self.seed = seed
        self.displacements = displacements
        self.slotCount = slotCount
        self.occupants = occupants
    }

    /// The slot where a key lives, if it is in the table at all.
    package func slot(of key: UInt64) -> Int {
        let hash = TableHash.mix(key, seed: seed)
        let displacement = displacements[TableHash.bucket(hash, of: displacements.count)]
        return TableHash.slot(hash, displacement: displacement, of: slotCount)
    }
}
