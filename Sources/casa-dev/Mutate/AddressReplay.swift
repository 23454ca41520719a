internal import CasaBundle
internal import CasaPolicyIR

/// Looks addresses up in a mutated table as the programs do, for one that has other classes than it should.
struct AddressReplay {
    private let subject: MutationSubject

    init(_ subject: MutationSubject) {
        self.subject = subject
    }

    func difference(_ mutation: Mutation) -> String? {
        guard let table = subject.tables.first(where: { mutation.place == .addresses($0.family.section) })
        else {
            return nil
        }
        let bytes = mutation.applied(to: table.bytes)
        let known = Dictionary(uniqueKeysWithValues: subject.known.map { ($0.address, $0.classes) })
        let own = subject.known.map(\.address).filter { Self.isOf(table.family, $0) }
        for address in own + strangers(in: bytes, table.family) {
            let expected = known[address] ?? []
            let found = Self.classes(of: address, in: bytes, table.family)
            if found != expected {
                let words = found.map { "classes \($0)" } ?? "what lies outside of the table"
                return "\(address) is looked up as \(words), expected \(expected)"
            }
        }
        return nil
    }

    private static func isOf(_ family: AddressTable.Family, _ address: IPAddress) -> Bool {
        address.bitWidth == (family == .v4 ? 32 : 128)
    }

    /// Whoever stands in a slot.
    private func strangers(in bytes: [UInt8], _ family: AddressTable.Family) -> [IPAddress] {
        guard let slots = bytes.number(UInt32.self, at: 4), let start = bytes.number(UInt32.self, at: 20)
        else {
            return []
        }
        return (0..<Int(min(slots, UInt32(bytes.count)))).compactMap { slot in
            Self.address(at: Int(start) + slot * family.slotSize, in: bytes, family)
        }
    }

    private static func address(
        at offset: Int, in bytes: [UInt8], _ family: AddressTable.Family
    ) -> IPAddress? {
        switch family {
        case .v4: return bytes.number(UInt32.self, at: offset).map(IPAddress.v4)
        case .v6:
            guard let high = bytes.number(UInt64.self, at: offset),
                let low = bytes.number(UInt64.self, at: offset + 8)
            else { return nil }
            return .v6(high: high, low: low)
        }
    }

    /// `nil` where the lookup leaves the table, which the kernel's verifier would refuse.
    private static func classes(
        of address: IPAddress, in bytes: [UInt8], _ family: AddressTable.Family
    ) -> [UInt16]? {
        let key: UInt64 =
            switch address {
            case .v4(let value): UInt64(value)
            case .v6(let high, let low): TableHash.fold(high: high, low: low)
            }
        guard let buckets = bytes.number(UInt32.self, at: 0), let slots = bytes.number(UInt32.self, at: 4),
            let seed = bytes.number(UInt64.self, at: 8),
            let displacements = bytes.number(UInt32.self, at: 16),
            let start = bytes.number(UInt32.self, at: 20)
        else { return nil }
        let hash = TableHash.mix(key, seed: seed)
        let bucket = TableHash.bucket(hash, of: Int(buckets))
        guard let displacement = bytes.number(UInt16.self, at: Int(displacements) + bucket * 2) else {
            return nil
        }
        let slot = TableHash.slot(hash, displacement: displacement, of: Int(slots))
        let place = Int(start) + slot * family.slotSize
        guard place + family.slotSize <= bytes.count,
            let stored = Self.address(at: place, in: bytes, family)
        else { return nil }
        guard stored == address else { return [] }
        let list = place + address.bitWidth / 8
        let classes = (0..<AddressTable.classLimit).map { bytes.number(UInt16.self, at: list + $0 * 2) ?? 0 }
        return Array(classes.prefix { $0 != 0 })
    }
}
