/// Finds the term that a node already is: open addressing, with a part of the fingerprint beside each term,
/// so that only the term itself is ever looked at.
struct InterningTable {
    /// Half of the fingerprint above the index of the term.
    private var slots = [UInt64](repeating: Self.free, count: 256)
    private var count = 0

    private static let free = UInt64.max

    /// Where the search for a fingerprint ends: at the term, or at a free slot.
    func find(_ fingerprint: UInt64, isSame: (Int) -> Bool) -> (slot: Int, term: Int?) {
        let mask = slots.count - 1
        var slot = Int(fingerprint >> 32) & mask
        while true {
            let entry = slots[slot]
            if entry == Self.free { return (slot, nil) }
            let index = Int(entry & 0xFFFF_FFFF)
            if entry >> 32 == fingerprint >> 32, isSame(index) { return (slot, index) }
            slot = (slot + 1) & mask
        }
    }

    /// Puts a new term where the search for it ended.
    mutating func insert(_ index: Int, _ fingerprint: UInt64, at slot: Int) {
        slots[slot] = fingerprint & 0xFFFF_FFFF_0000_0000 | UInt64(index)
        count += 1
        if count * 2 > slots.count { grow() }
    }

    private mutating func grow() {
        let old = slots
        slots = [UInt64](repeating: Self.free, count: old.count * 2)
        let mask = slots.count - 1
        for entry in old where entry != Self.free {
            var slot = Int(entry >> 32) & mask
            while slots[slot] != Self.free { slot = (slot + 1) & mask }
            slots[slot] = entry
        }
    }
}
