/// Writes instructions as the bytes that the kernel loads.
package enum Encoder {
    package static func encode(_ instruction: Instruction) -> [EncodedInstruction] {
        let (operation, operands) = instruction.fields
        let row = EncodingTable.row(of: operation)
        let first = EncodedInstruction(
            opcode: row.opcode,
            dst: UInt8(truncatingIfNeeded: row.destination.value(Int32(operands.destination.rawValue))),
            src: UInt8(truncatingIfNeeded: row.source.value(Int32(operands.source.rawValue))),
            offset: Int16(truncatingIfNeeded: row.offset.value(Int32(operands.offset))),
            immediate: row.immediate.value(operands.immediate))
        guard let next = row.next else { return [first] }
        return [first, EncodedInstruction(opcode: 0, immediate: next.value(operands.next))]
    }

    package static func encode(_ instructions: [Instruction]) -> [EncodedInstruction] {
        var slots: [EncodedInstruction] = []
        slots.reserveCapacity(instructions.count)
        for instruction in instructions { slots.append(contentsOf: encode(instruction)) }
        return slots
    }
}

extension EncodingRow.Rule {
    fileprivate func value(_ operand: Int32) -> Int32 {
        switch self {
        case .operand: operand
        case .fixed(let fixed): fixed
        }
    }
}
