internal import CasaBPF

/// Moves the bounds that a decision tree compares with: ports, classes, subjects, the bit of the direction.
struct BoundaryMutator {
    let instructions: InstructionMutator

    private static let classRegister: UInt8 = 1
    private static let questionRegister: UInt8 = 2
    private static let subjectRegister: UInt8 = 3

    func mutate(_ kind: Mutation.Kind, _ random: inout SeededRandom) -> Mutation? {
        let register: UInt8
        switch kind {
        case .subject: register = Self.subjectRegister
        case .classBoundary: register = Self.classRegister
        case .portBoundary, .direction: register = Self.questionRegister
        case .tableBit, .addressBit, .region, .slots, .constant, .reference, .immediate, .register,
            .condition, .width, .offset, .target, .dropped, .damage:
            return nil
        }
        let slots = instructions.function.slots
        let places = slots.indices.filter {
            isBound(slots[$0], of: register) && !instructions.isSecondHalf($0)
        }
        guard !places.isEmpty else { return nil }
        let slot = random.pick(places)
        var new = slots[slot]
        if kind == .direction {
            new.immediate ^= 1 << 24
        } else {
            new.immediate = new.immediate &+ (random.chance(50) ? 1 : -1)
        }
        return instructions.mutation(kind, slot, new.bytes)
    }

    /// A compare of this register with a constant.
    private func isBound(_ slot: EncodedInstruction, of register: UInt8) -> Bool {
        instructions.isBranch(slot) && slot.dst == register && slot.opcode & 8 == 0
    }
}
