internal import CasaBPF

/// Changes one instruction of a function.
struct InstructionMutator {
    let image: ObjectImage
    let function: ObjectImage.Function

    /// A change of this kind at a random place; `nil` where the place has nothing of the kind.
    func mutate(_ kind: Mutation.Kind, _ random: inout SeededRandom) -> Mutation? {
        let slot = random.number(below: function.slots.count)
        return mutate(kind, at: slot, &random)
    }

    func mutate(_ kind: Mutation.Kind, at slot: Int, _ random: inout SeededRandom) -> Mutation? {
        let old = function.slots[slot]
        // The second half of a wide load belongs to the first.
        guard !isSecondHalf(slot) else { return nil }
        let isRelocated = function.relocated.contains(slot)
        var new = old
        switch kind {
        case .immediate:
            guard hasImmediate(old), !isRelocated else { return nil }
            new.immediate =
                switch random.number(below: 3) {
                case 0: old.immediate &+ 1
                case 1: old.immediate &- 1
                default: old.immediate ^ 1 << Int32(random.number(below: 32))
                }
        case .register:
            let other = UInt8(random.number(below: 11))
            if usesSource(old), random.chance(50) { new.src = other } else { new.dst = other }
        case .condition:
            guard isBranch(old) else { return nil }
            new.opcode = old.opcode & 0x0F | random.pick([1, 2, 3, 4, 5, 6, 7, 0xA, 0xB, 0xC, 0xD]) << 4
        case .width:
            guard let opcode = otherWidth(old, &random) else { return nil }
            new.opcode = opcode
        case .offset:
            guard isMemory(old) else { return nil }
            new.offset = old.offset &+ random.pick([-8, -4, -2, -1, 1, 2, 4, 8])
        case .target:
            guard isBranch(old) || isJump(old) else { return nil }
            new.offset =
                random.chance(50) ? old.offset &+ random.pick([-2, -1, 1, 2]) : otherTarget(slot, &random)
        case .dropped:
            return dropped(slot, old, &random)
        case .damage:
            var bytes = old.bytes
            bytes[random.number(below: 8)] = random.byte()
            return mutation(kind, slot, bytes)
        case .tableBit, .addressBit, .portBoundary, .classBoundary, .subject, .direction, .region, .slots,
            .constant, .reference:
            return nil
        }
        return mutation(kind, slot, new.bytes)
    }

    func mutation(_ kind: Mutation.Kind, _ slot: Int, _ bytes: [UInt8]) -> Mutation? {
        let old = function.slots[slot]
        guard bytes.prefix(8) != old.bytes[...], let new = EncodedInstruction.slots(of: bytes)?.first else {
            return nil
        }
        let next = slot + 1 < function.slots.count ? function.slots[slot + 1] : nil
        let words =
            "\(function.name) \(slot): \(ObjectImage.words(old, next: next))  →  "
            + ObjectImage.words(new, next: next)
        return Mutation(
            kind: kind, place: .function(function.name), words: words,
            patches: [.init(offset: function.offset(ofSlot: slot), bytes: bytes)])
    }

    // MARK: What a slot is

    func isSecondHalf(_ slot: Int) -> Bool {
        var index = 0
        while index < slot { index += function.slots[index].opcode == 0x18 ? 2 : 1 }
        return index != slot
    }

    private func classOf(_ slot: EncodedInstruction) -> UInt8 { slot.opcode & 7 }

    func isBranch(_ slot: EncodedInstruction) -> Bool {
        let code = slot.opcode >> 4
        return (classOf(slot) == 5 || classOf(slot) == 6) && code != 0 && code != 8 && code != 9
    }

    private func isJump(_ slot: EncodedInstruction) -> Bool { slot.opcode == 0x05 }

    private func isMemory(_ slot: EncodedInstruction) -> Bool {
        slot.opcode != 0x18 && (1...3).contains(classOf(slot))
    }

    private func isArithmetic(_ slot: EncodedInstruction) -> Bool {
        classOf(slot) == 4 || classOf(slot) == 7
    }

    private func hasImmediate(_ slot: EncodedInstruction) -> Bool {
        if slot.opcode == 0x18 || classOf(slot) == 2 { return true }
        return (isArithmetic(slot) || isBranch(slot) || slot.opcode == 0x85) && slot.opcode & 8 == 0
    }

    private func usesSource(_ slot: EncodedInstruction) -> Bool {
        switch classOf(slot) {
        case 1, 3: true
        case 4, 5, 6, 7: slot.opcode & 8 != 0
        default: false
        }
    }

    // MARK: What becomes of it

    /// Arithmetic and compares on the other half of the register; accesses of another size.
    private func otherWidth(_ slot: EncodedInstruction, _ random: inout SeededRandom) -> UInt8? {
        if isArithmetic(slot) { return slot.opcode ^ 3 }
        if isBranch(slot) { return slot.opcode ^ 3 }
        guard isMemory(slot), slot.opcode & 0xE0 == 0x60 else { return nil }
        return slot.opcode & 0xE7 | random.pick([0x00, 0x08, 0x10, 0x18])
    }

    /// So that it jumps where another branch does.
    private func otherTarget(_ slot: Int, _ random: inout SeededRandom) -> Int16 {
        let branches = function.slots.indices.filter {
            !isSecondHalf($0) && (isBranch(function.slots[$0]) || isJump(function.slots[$0])) && $0 != slot
        }
        guard !branches.isEmpty else { return function.slots[slot].offset &+ 1 }
        let other = random.pick(branches)
        let target = other + 1 + Int(function.slots[other].offset)
        return Int16(truncatingIfNeeded: target - slot - 1)
    }

    /// Nothing in its place, or another move; an exit that is gone runs on into what follows.
    private func dropped(
        _ slot: Int, _ old: EncodedInstruction, _ random: inout SeededRandom
    ) -> Mutation? {
        guard old.opcode != 0x18, !function.relocated.contains(slot) else { return nil }
        let nothing = EncodedInstruction(opcode: 0x05)
        let move = EncodedInstruction(
            opcode: random.chance(50) ? 0xB4 : 0xB7, dst: random.chance(60) ? old.dst % 10 : 0,
            immediate: random.pick([0, 1, 0x02FF_FFFF]))
        return mutation(.dropped, slot, (random.chance(60) ? nothing : move).bytes)
    }
}
