import CasaBPF
import Testing

@Suite struct DecoderTests {
    private static let filler = EncodedInstruction(opcode: 0)

    private func rejection(
        _ slots: [EncodedInstruction], accepting extensions: Decoder.Extensions = []
    ) -> DecodingError.Reason? {
        do {
            _ = try Decoder(accepting: extensions).decode(slots)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test("whatever is accepted encodes to the same bytes")
    func encodingUndoesDecoding() throws {
        let offsets: [Int16] = [0, 1, 8, 16, 32, -1]
        let immediates: [Int32] = [
            0, 1, 2, 16, 32, 64, 0x40, 0x41, 0x50, 0x51, 0xA0, 0xA1, 0xE0, 0xE1, 0xF1, 0x100, -1,
        ]
        var accepted = 0
        for opcode in UInt8.min...UInt8.max {
            for dst: UInt8 in [0, 10, 11] {
                for src: UInt8 in 0...15 {
                    for offset in offsets {
                        for immediate in immediates {
                            let slot = EncodedInstruction(
                                opcode: opcode, dst: dst, src: src, offset: offset, immediate: immediate)
                            let slots = opcode == 0x18 ? [slot, Self.filler] : [slot]
                            guard let decoded = try? Decoder().decode(slots) else { continue }
                            accepted += 1
                            if Encoder.encode(decoded) != slots {
                                Issue.record("\(slots) is read too freely")
                            }
                        }
                    }
                }
            }
        }
        #expect(accepted > 10_000)
    }

    @Test("a bit in a field that carries nothing is refused", arguments: EncodingTable.rows.indices)
    func unusedFieldsAreZero(row index: Int) {
        let row = EncodingTable.rows[index]
        var random = RandomInstructions(seed: UInt64(index) + 1000)
        let valid = Encoder.encode(random.instruction(of: row))
        let fields: [(EncodingRow.Rule, Range<UInt64>)] = [
            (row.destination, 8..<12), (row.source, 12..<16), (row.offset, 16..<32), (row.immediate, 32..<64),
        ]
        for (rule, bits) in fields where rule != .operand {
            for bit in bits {
                let word = valid[0].word ^ 1 << bit
                let slots = [EncodedInstruction(word: word)] + valid.dropFirst()
                // One bit may lead to another operation, which must then have those very bytes.
                guard let decoded = try? Decoder(accepting: .registerCalls).decode(slots) else { continue }
                #expect(Encoder.encode(decoded) == slots)
                #expect(decoded[0].fields.operation != row.operation)
            }
        }
        for bit in UInt64(0)..<64 where row.next != nil {
            if row.next == .operand && bit >= 32 { continue }
            let second = EncodedInstruction(word: valid[1].word ^ 1 << bit)
            #expect((try? Decoder().decode([valid[0], second])) == nil)
        }
    }

    @Test("the frame pointer cannot be written", arguments: EncodingTable.rows.indices)
    func framePointerIsReadOnly(row index: Int) {
        let row = EncodingTable.rows[index]
        for (destination, source) in [(Register.r10, Register.r1), (.r1, .r10)] {
            var operands = OperandFields()
            if row.destination == .operand { operands.destination = destination }
            if row.source == .operand { operands.source = source }
            let instruction = Instruction(row.operation, operands)
            let reason = rejection(Encoder.encode(instruction), accepting: .registerCalls)
            #expect(reason == (instruction.writtenRegister == .r10 ? .writesFramePointer : nil))
        }
    }

    @Test("which instructions write the frame pointer is not a matter of taste")
    func framePointerWrites() {
        #expect(Instruction.arithmetic(.add, .bits64, .r10, 1).writtenRegister == .r10)
        #expect(Instruction.load(.byte, .r10, base: .r1, offset: 0).writtenRegister == .r10)
        #expect(Instruction.loadImmediate64(.r10, .value(0)).writtenRegister == .r10)
        #expect(Instruction.atomic(.exchange, .bits64, base: .r1, offset: 0, .r10).writtenRegister == .r10)
        #expect(Instruction.atomic(.add, .bits64, base: .r1, offset: 0, .r10).writtenRegister == nil)
        #expect(
            Instruction.atomic(.compareExchange, .bits64, base: .r1, offset: 0, .r10).writtenRegister == .r0)
        #expect(Instruction.store(.word, base: .r10, offset: -4, .register(.r10)).writtenRegister == nil)
    }

    @Test("refusals have names")
    func namedRefusals() {
        typealias Slot = EncodedInstruction
        #expect(rejection([Slot(opcode: 0x85, src: 2, immediate: 77)]) == .kernelFunctionCall(77))
        #expect(rejection([Slot(opcode: 0x85, src: 3)]) == .reservedValue(.source, 3))
        #expect(rejection([Slot(opcode: 0x20)]) == .legacyPacketAccess)
        #expect(rejection([Slot(opcode: 0x50, src: 1)]) == .legacyPacketAccess)
        #expect(rejection([Slot(opcode: 0x8D, dst: 2)]) == .registerCall)
        #expect(rejection([Slot(opcode: 0x8D, dst: 2)], accepting: .registerCalls) == nil)
        #expect(rejection([Slot(opcode: 0x8D, immediate: 2)], accepting: .registerCalls) != nil)
        #expect(rejection([Slot(opcode: 0xE5)]) == .reservedOpcode)
        #expect(rejection([Slot(opcode: 0x99)]) == .reservedOpcode)
        #expect(rejection([Slot(opcode: 0xB7, dst: 11)]) == .unknownRegister(.destination, 11))
        #expect(rejection([Slot(opcode: 0xBF, src: 15)]) == .unknownRegister(.source, 15))
        #expect(rejection([Slot(opcode: 0x37, offset: 2)]) == .reservedValue(.offset, 2))
        #expect(rejection([Slot(opcode: 0xBF, offset: 24)]) == .reservedValue(.offset, 24))
        #expect(rejection([Slot(opcode: 0xBC, offset: 32)]) == .reservedValue(.offset, 32))
        #expect(rejection([Slot(opcode: 0xDC, immediate: 8)]) == .reservedValue(.immediate, 8))
        #expect(rejection([Slot(opcode: 0xDB, immediate: 0xE0)]) == .reservedValue(.immediate, 0xE0))
        #expect(rejection([Slot(opcode: 0xDB, immediate: 0x100)]) == .reservedValue(.immediate, 0x100))
        #expect(rejection([Slot(opcode: 0x18, src: 7), Self.filler]) == .reservedValue(.source, 7))
        #expect(rejection([Slot(opcode: 0x18)]) == .missingSecondSlot)
        #expect(rejection([Slot(opcode: 0x18), Slot(opcode: 0, src: 1)]) == .secondSlot(.source, 1))
        #expect(
            rejection([Slot(opcode: 0x18, src: 1), Slot(opcode: 0, immediate: 1)])
                == .secondSlot(.immediate, 1))
        #expect(rejection([Self.filler]) == .reservedOpcode)
    }

    @Test("an error says where, which bytes and why")
    func errorsTellTheWholeStory() throws {
        let slots = Encoder.encode([.loadImmediate64(.r1, .value(1)), .exit])
        let broken = slots + [EncodedInstruction(opcode: 0x95, immediate: 1)]
        let error = try #require(throws: DecodingError.self) { try Decoder().decode(broken) }
        #expect(error.index == 3)
        #expect(
            error.description
                == "instruction 3 (95 00 00 00 01 00 00 00): reserved value 1 in the immediate field")
    }
}
