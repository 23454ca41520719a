internal import CasaPolicyIR

/// The address table of one family as its bytes describe it (`spec/bundle.md`, "Address tables"): header,
/// displacements, slots.
struct AddressTableBytes {
    let family: AddressTableProof.Family
    let bytes: [UInt8]
    let bucketCount: Int
    let slotCount: Int
    private let seed: UInt64
    private let displacementOffset: Int
    private let slotOffset: Int

    private static let headerSize = 32

    /// What is wrong with a header, in words, and what would be right.
    struct Malformed: Error {
        let found: String
        let expected: String
    }

    init(_ family: AddressTableProof.Family, _ bytes: [UInt8]) throws(Malformed) {
        guard bytes.count >= Self.headerSize else {
            throw Malformed(found: "\(bytes.count) bytes", expected: "a header of \(Self.headerSize)")
        }
        self.family = family
        self.bytes = bytes
        bucketCount = Int(bytes.number(at: 0, count: 4))
        slotCount = Int(bytes.number(at: 4, count: 4))
        seed = bytes.number(at: 8, count: 8)
        displacementOffset = Int(bytes.number(at: 16, count: 4))
        slotOffset = Int(bytes.number(at: 20, count: 4))
        guard bytes.number(at: 24, count: 8) == 0 else {
            throw Malformed(found: "\(bytes.number(at: 24, count: 8)) at byte 24", expected: "zero")
        }
        guard bucketCount > 0, slotCount > 0 else {
            throw Malformed(found: "\(bucketCount) buckets, \(slotCount) slots", expected: "one of each")
        }
        // Four-byte numbers: no product or sum of them is too large for 64 bits.
        let displacementEnd = displacementOffset + bucketCount * 2
        guard displacementOffset == Self.headerSize, slotOffset == (displacementEnd + 7) / 8 * 8,
            bytes.count == slotOffset + slotCount * family.slotSize
        else {
            throw Malformed(
                found: "displacements at \(displacementOffset), slots at \(slotOffset), \(bytes.count) bytes",
                expected: "what \(bucketCount) buckets and \(slotCount) slots take, and no more")
        }
    }

    /// The bytes of a slot.
    func slot(_ number: Int) -> ArraySlice<UInt8> {
        let start = slotOffset + number * family.slotSize
        return bytes[start..<start + family.slotSize]
    }

    /// The one slot in which the programs look for an address (`spec/bundle.md`, "The hash").
    func probe(_ address: IPAddress) -> Int {
        let hash = (Self.fold(address) ^ seed) &* Self.first
        let bucket = Self.scale(hash, to: bucketCount)
        let displacement = bytes.number(at: displacementOffset + bucket * 2, count: 2)
        return Self.scale((hash ^ hash >> 44 ^ displacement) &* Self.final, to: slotCount)
    }

    private static let first: UInt64 = 0x9E37_79B9_7F4A_7C15
    private static let final: UInt64 = 0xE703_7ED1_A0B4_28DB

    private static func scale(_ hash: UInt64, to count: Int) -> Int {
        Int((hash >> 32 &* UInt64(count)) >> 32)
    }

    private static func fold(_ address: IPAddress) -> UInt64 {
        switch address {
        case .v4(let value): return UInt64(value)
        case .v6(let high, let low):
            let mixed = low &* first
            return high ^ (mixed << 31 | mixed >> 33)
        }
    }
}

extension RandomAccessCollection<UInt8> where Index == Int {
    /// A little-endian number of up to eight bytes, counted from the start.
    func number(at offset: Int, count: Int) -> UInt64 {
        (0..<count).reversed().reduce(0) { $0 << 8 | UInt64(self[startIndex + offset + $1]) }
    }
}
