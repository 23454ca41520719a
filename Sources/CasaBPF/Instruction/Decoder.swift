/// Reads instructions from bytes, strictly.
///
/// SOUNDNESS: whatever is accepted encodes to the same bytes again, so nothing that the kernel could read differently is
/// ignored. Held by `DecoderTests`, which try every value of every field.
package struct Decoder: Sendable {
    /// Instructions outside RFC 9669 that are decoded only when they are asked for.
    package struct Extensions: OptionSet, Sendable {
        package let rawValue: Int

        /// `callx`: a call of what a register names.
        package static let registerCalls = Extensions(rawValue: 1)

        package init(rawValue: Int) {
            self.rawValue = rawValue
        }
    }

    private let extensions: Extensions

    package init(accepting extensions: Extensions = []) {
        self.extensions = extensions
    }

    package func decode(_ slots: [EncodedInstruction]) throws(DecodingError) -> [Instruction] {
        var instructions: [Instruction] = []
        instructions.reserveCapacity(slots.count)
        var index = 0
        while index < slots.count {
            let instruction = try decode(slots, at: index)
            instructions.append(instruction)
            index += instruction.slotCount
        }
        return instructions
    }

    /// The instruction that starts at a slot.
    package func decode(_ slots: [EncodedInstruction], at index: Int) throws(DecodingError) -> Instruction {
        let first = slots[index]
        func failure(_ reason: DecodingError.Reason, second: EncodedInstruction? = nil) -> DecodingError {
            DecodingError(index: index, bytes: first.bytes + (second?.bytes ?? []), reason: reason)
        }

        if let reason = namedRejection(of: first) { throw failure(reason) }
        let row: EncodingRow
        switch Self.row(of: first) {
        case .success(let found): row = found
        case .failure(let reason): throw failure(reason)
        }

        var operands = OperandFields(offset: first.offset, immediate: first.immediate)
        if row.destination == .operand {
            guard let register = Register(rawValue: first.dst) else {
                throw failure(.unknownRegister(.destination, first.dst))
            }
            operands.destination = register
        }
        if row.source == .operand {
            guard let register = Register(rawValue: first.src) else {
                throw failure(.unknownRegister(.source, first.src))
            }
            operands.source = register
        }
        if let next = row.next {
            guard index + 1 < slots.count else { throw failure(.missingSecondSlot) }
            let second = slots[index + 1]
            if let (field, value) = Self.reservedField(ofSecond: second, next) {
                throw failure(.secondSlot(field, value), second: second)
            }
            operands.next = second.immediate
        }

        let instruction = Instruction(row.operation, operands)
        guard instruction.writtenRegister != .r10 else { throw failure(.writesFramePointer) }
        return instruction
    }

    /// Encodings that have a meaning, which deserves a name, but no place here.
    private func namedRejection(of slot: EncodedInstruction) -> DecodingError.Reason? {
        let isKernelFunctionCall = slot.opcode == OpcodeClass.jump64 | 0x80 && slot.src == 2
        if isKernelFunctionCall { return .kernelFunctionCall(slot.immediate) }

        let isRegisterCall = slot.opcode == EncodingTable.row(of: .callRegister).opcode
        if isRegisterCall && !extensions.contains(.registerCalls) { return .registerCall }

        let mode = slot.opcode & 0xE0
        let isLegacy = slot.opcode & 0x07 == OpcodeClass.loadImmediate && (mode == 0x20 || mode == 0x40)
        return isLegacy && slot.opcode & 0x18 != 0x18 ? .legacyPacketAccess : nil
    }

    private enum Lookup {
        case success(EncodingRow)
        case failure(DecodingError.Reason)
    }

    /// The row whose fixed fields all agree, or the first field that agrees with none.
    private static func row(of slot: EncodedInstruction) -> Lookup {
        let rows = EncodingTable.rowsByOpcode[Int(slot.opcode)]
        if let row = rows.first(where: { $0.admits(slot) }) { return .success(row) }
        guard !rows.isEmpty else { return .failure(.reservedOpcode) }

        let fields: [(DecodingError.Field, Int32, KeyPath<EncodingRow, EncodingRow.Rule>)] = [
            (.source, Int32(slot.src), \.source), (.offset, Int32(slot.offset), \.offset),
            (.immediate, slot.immediate, \.immediate), (.destination, Int32(slot.dst), \.destination),
        ]
        var candidates = rows
        for (field, value, rule) in fields {
            candidates = candidates.filter { $0[keyPath: rule].admits(value) }
            if candidates.isEmpty { return .failure(.reservedValue(field, value)) }
        }
        preconditionFailure("a row that admits every field was not found")
    }

    private static func reservedField(
        ofSecond slot: EncodedInstruction, _ next: EncodingRow.Rule
    ) -> (DecodingError.Field, Int32)? {
        if slot.opcode != 0 { return (.opcode, Int32(slot.opcode)) }
        if slot.dst != 0 { return (.destination, Int32(slot.dst)) }
        if slot.src != 0 { return (.source, Int32(slot.src)) }
        if slot.offset != 0 { return (.offset, Int32(slot.offset)) }
        return next.admits(slot.immediate) ? nil : (.immediate, slot.immediate)
    }
}

extension EncodingRow {
    fileprivate func admits(_ slot: EncodedInstruction) -> Bool {
        source.admits(Int32(slot.src)) && offset.admits(Int32(slot.offset))
            && immediate.admits(slot.immediate) && destination.admits(Int32(slot.dst))
    }
}
