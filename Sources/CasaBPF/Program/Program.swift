/// Decoded instructions whose every jump and call is known to land on an instruction.
package struct Program: Hashable, Sendable {
    /// An instruction, with the place that it jumps to, calls or takes the address of.
    package struct Step: Hashable, Sendable {
        package let instruction: Instruction
        /// The index of an instruction, not of a slot; -1 where the instruction names no place.
        package let target: Int32
    }

    package let steps: [Step]
    /// The slot at which each instruction starts.
    package let slots: [Int]

    package var instructions: [Instruction] { steps.map(\.instruction) }

    /// The bytes it was decoded from, or would be.
    package var encoded: [EncodedInstruction] { Encoder.encode(instructions) }

    package init(
        decoding slots: [EncodedInstruction], accepting extensions: Decoder.Extensions = []
    ) throws(ProgramError) {
        let instructions: [Instruction]
        do {
            instructions = try Decoder(accepting: extensions).decode(slots)
        } catch {
            throw .undecodable(error)
        }
        try self.init(instructions)
    }

    package init(_ instructions: [Instruction]) throws(ProgramError) {
        guard let last = instructions.last else { throw .empty }
        var slots: [Int] = []
        slots.reserveCapacity(instructions.count)
        var slotCount = 0
        for instruction in instructions {
            slots.append(slotCount)
            slotCount += instruction.slotCount
        }
        guard !last.fallsThrough else { throw .runsOffTheEnd(slot: slots[slots.count - 1]) }

        var indices = [Int32](repeating: -1, count: slotCount)
        for (index, slot) in slots.enumerated() { indices[slot] = Int32(index) }

        var steps: [Step] = []
        steps.reserveCapacity(instructions.count)
        for (slot, instruction) in zip(slots, instructions) {
            var target: Int32 = -1
            if let distance = instruction.jumpDistance ?? instruction.functionDistance {
                let destination = slot + instruction.slotCount + distance
                guard indices.indices.contains(destination) else {
                    throw .targetOutside(slot: slot, target: destination)
                }
                target = indices[destination]
                guard target >= 0 else { throw .targetInsideWideLoad(slot: slot, target: destination) }
            }
            steps.append(Step(instruction: instruction, target: target))
        }
        self.steps = steps
        self.slots = slots
    }

    /// The index of the instruction that starts at a slot.
    package func index(ofSlot slot: Int) -> Int? {
        var low = 0
        var high = slots.count
        while low < high {
            let middle = (low + high) / 2
            if slots[middle] < slot { low = middle + 1 } else { high = middle }
        }
        return low < slots.count && slots[low] == slot ? low : nil
    }
}
