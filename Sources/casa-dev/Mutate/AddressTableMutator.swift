internal import CasaBundle

/// Flips one bit of the address table that a node would load.
struct AddressTableMutator {
    let tables: [AddressTable]

    func mutate(_ random: inout SeededRandom) -> Mutation {
        let table = random.pick(tables)
        // Half of them in the slots, or small headers would be the larger part of a large number of mutants.
        let slots = Int(table.bytes.number(UInt32.self, at: 20) ?? 0)
        let offset =
            random.chance(70) && slots < table.bytes.count
            ? slots + random.number(below: table.bytes.count - slots)
            : random.number(below: table.bytes.count)
        let bit = random.number(below: 8)
        return Mutation(
            kind: .addressBit, place: .addresses(table.family.section),
            words: "\(table.family.section): bit \(bit) of byte \(offset)",
            patches: [.init(offset: offset, bytes: [table.bytes[offset] ^ 1 << bit])])
    }
}
