internal import CasaBPF

/// Moves the bounds of address regions: of IPv4 in compares, of IPv6 in the constants that are compared with.
struct RegionMutator {
    let instructions: InstructionMutator

    func mutate(_ random: inout SeededRandom) -> Mutation? {
        let slots = instructions.function.slots
        let places = slots.indices.filter { slot in
            !instructions.isSecondHalf(slot)
                && (slots[slot].opcode == 0x18
                    || instructions.isBranch(slots[slot]) && slots[slot].opcode & 8 == 0)
        }
        guard !places.isEmpty else { return nil }
        let slot = random.pick(places)
        var new = slots[slot]
        let change: Int32 = random.chance(50) ? 1 : -1
        guard new.opcode == 0x18, slot + 1 < slots.count else {
            new.immediate = new.immediate &+ change
            return instructions.mutation(.region, slot, new.bytes)
        }
        // One of both halves of the constant.
        var second = slots[slot + 1]
        if random.chance(50) {
            new.immediate = new.immediate &+ change
        } else {
            second.immediate ^= 1 << Int32(random.number(below: 32))
        }
        return wide(slot, new, second)
    }

    private func wide(_ slot: Int, _ first: EncodedInstruction, _ second: EncodedInstruction) -> Mutation {
        let function = instructions.function
        let old = ObjectImage.words(function.slots[slot], next: function.slots[slot + 1])
        return Mutation(
            kind: .region, place: .function(function.name),
            words: "\(function.name) \(slot): \(old)  →  \(ObjectImage.words(first, next: second))",
            patches: [.init(offset: function.offset(ofSlot: slot), bytes: first.bytes + second.bytes)])
    }
}
