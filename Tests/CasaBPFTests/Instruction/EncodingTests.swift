import CasaBPF
import Testing

@Suite struct EncodingTests {
    /// Every opcode that RFC 9669 defines, from its appendix, without the legacy packet instructions.
    static let opcodes: [UInt8] = [
        0x04, 0x05, 0x06, 0x07, 0x0C, 0x0F, 0x14, 0x15, 0x16, 0x17, 0x18, 0x1C, 0x1D, 0x1E, 0x1F, 0x24, 0x25,
        0x26,
        0x27, 0x2C, 0x2D, 0x2E, 0x2F, 0x34, 0x35, 0x36, 0x37, 0x3C, 0x3D, 0x3E, 0x3F, 0x44, 0x45, 0x46, 0x47,
        0x4C,
        0x4D, 0x4E, 0x4F, 0x54, 0x55, 0x56, 0x57, 0x5C, 0x5D, 0x5E, 0x5F, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66,
        0x67,
        0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x79, 0x7A, 0x7B,
        0x7C,
        0x7D, 0x7E, 0x7F, 0x81, 0x84, 0x85, 0x87, 0x89, 0x91, 0x94, 0x95, 0x97, 0x9C, 0x9F, 0xA4, 0xA5, 0xA6,
        0xA7,
        0xAC, 0xAD, 0xAE, 0xAF, 0xB4, 0xB5, 0xB6, 0xB7, 0xBC, 0xBD, 0xBE, 0xBF, 0xC3, 0xC4, 0xC5, 0xC6, 0xC7,
        0xCC,
        0xCD, 0xCE, 0xCF, 0xD4, 0xD5, 0xD6, 0xD7, 0xDB, 0xDC, 0xDD, 0xDE,
    ]

    @Test("the table has exactly the opcodes of RFC 9669, and callx")
    func opcodesAreThoseOfTheStandard() {
        let ours = (0...255).filter { !EncodingTable.rowsByOpcode[$0].isEmpty }.map { UInt8($0) }
        #expect(ours.filter { $0 != 0x8D } == Self.opcodes)
        #expect(ours.contains(0x8D))
    }

    @Test("no bytes match two rows")
    func rowsAreDisjoint() {
        for rows in EncodingTable.rowsByOpcode {
            for (index, left) in rows.enumerated() {
                for right in rows.dropFirst(index + 1) {
                    let pairs = [
                        (left.source, right.source), (left.offset, right.offset),
                        (left.immediate, right.immediate), (left.destination, right.destination),
                    ]
                    let differ = pairs.contains { pair in
                        guard case (.fixed(let one), .fixed(let other)) = pair else { return false }
                        return one != other
                    }
                    #expect(differ, "\(left.operation) and \(right.operation)")
                }
            }
        }
    }

    @Test("what is encoded decodes to itself", arguments: EncodingTable.rows.indices)
    func decodingUndoesEncoding(row index: Int) throws {
        var random = RandomInstructions(seed: UInt64(index))
        let decoder = Decoder(accepting: .registerCalls)
        for _ in 0..<200 {
            let instruction = random.instruction(of: EncodingTable.rows[index])
            let slots = Encoder.encode(instruction)
            #expect(slots.count == instruction.slotCount)
            #expect(try decoder.decode(slots) == [instruction])
            #expect(EncodedInstruction.slots(of: EncodedInstruction.bytes(of: slots)) == slots)
        }
    }

    @Test("known instructions have their known bytes")
    func knownBytes() {
        let known: [(Instruction, [UInt8])] = [
            (.arithmetic(.move, .bits64, .r0, 1), [0xB7, 0x00, 0, 0, 1, 0, 0, 0]),
            (.arithmetic(.move, .bits32, .r3, .register(.r7)), [0xBC, 0x73, 0, 0, 0, 0, 0, 0]),
            (.arithmetic(.signedModulo, .bits64, .r1, -3), [0x97, 0x01, 1, 0, 0xFD, 0xFF, 0xFF, 0xFF]),
            (.extendSign(.halfToDouble, .r2, from: .r1), [0xBF, 0x12, 16, 0, 0, 0, 0, 0]),
            (.orderBytes(.toBigEndian, .bits16, .r4), [0xDC, 0x04, 0, 0, 16, 0, 0, 0]),
            (.orderBytes(.swap, .bits64, .r4), [0xD7, 0x04, 0, 0, 64, 0, 0, 0]),
            (.load(.word, .r2, base: .r1, offset: 16), [0x61, 0x12, 16, 0, 0, 0, 0, 0]),
            (.loadSigned(.byte, .r2, base: .r1, offset: -1), [0x91, 0x12, 0xFF, 0xFF, 0, 0, 0, 0]),
            (.store(.double, base: .r10, offset: -8, 7), [0x7A, 0x0A, 0xF8, 0xFF, 7, 0, 0, 0]),
            (
                .atomic(.compareExchange, .bits64, base: .r10, offset: -8, .r1),
                [0xDB, 0x1A, 0xF8, 0xFF, 0xF1, 0, 0, 0]
            ),
            (.branch(.signedLess, .bits32, .r1, 5, -2), [0xC6, 0x01, 0xFE, 0xFF, 5, 0, 0, 0]),
            (.jumpFar(70000), [0x06, 0x00, 0, 0, 0x70, 0x11, 1, 0]),
            (.call(.function(-1)), [0x85, 0x10, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]),
            (.exit, [0x95, 0, 0, 0, 0, 0, 0, 0]),
            (
                .loadImmediate64(.r1, .mapValue(.descriptor(3), offset: 0x8000_0000)),
                [0x18, 0x21, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80]
            ),
        ]
        for (instruction, bytes) in known {
            #expect(EncodedInstruction.bytes(of: Encoder.encode(instruction)) == bytes, "\(instruction.text)")
        }
    }
}
