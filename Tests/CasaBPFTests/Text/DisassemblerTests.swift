import CasaBPF
import Testing

@Suite struct DisassemblerTests {
    static let texts: [(Instruction, String)] = [
        (.arithmetic(.move, .bits64, .r0, 1), "r0 = 1"),
        (.arithmetic(.move, .bits32, .r1, .register(.r2)), "w1 = w2"),
        (.arithmetic(.signedShiftRight, .bits64, .r1, 3), "r1 s>>= 3"),
        (.arithmetic(.signedModulo, .bits32, .r1, .register(.r3)), "w1 s%= w3"),
        (.negate(.bits32, .r4), "w4 = -w4"),
        (.extendSign(.byteToDouble, .r1, from: .r2), "r1 = (s8)r2"),
        (.extendSign(.halfToWord, .r1, from: .r2), "w1 = (s16)w2"),
        (.orderBytes(.toBigEndian, .bits16, .r1), "r1 = be16 r1"),
        (.orderBytes(.swap, .bits64, .r1), "r1 = bswap64 r1"),
        (.load(.word, .r2, base: .r1, offset: 16), "r2 = *(u32 *)(r1 +16)"),
        (.loadSigned(.half, .r2, base: .r1, offset: -2), "r2 = *(s16 *)(r1 -2)"),
        (.store(.byte, base: .r10, offset: -1, 7), "*(u8 *)(r10 -1) = 7"),
        (.store(.double, base: .r10, offset: -8, .register(.r6)), "*(u64 *)(r10 -8) = r6"),
        (.atomic(.add, .bits64, base: .r1, offset: 0, .r2), "lock *(u64 *)(r1 +0) += r2"),
        (
            .atomic(.fetchExclusiveOr, .bits32, base: .r1, offset: 4, .r2),
            "w2 = atomic_fetch_xor((u32 *)(r1 +4), w2)"
        ),
        (
            .atomic(.compareExchange, .bits64, base: .r1, offset: 0, .r2),
            "r0 = atomic64_cmpxchg((u64 *)(r1 +0), r0, r2)"
        ),
        (.loadImmediate64(.r1, .value(0x1122_3344_5566)), "r1 = 0x112233445566 ll"),
        (.loadImmediate64(.r1, .mapValue(.descriptor(5), offset: 8)), "r1 = map[fd:5][0]+8"),
        (.branch(.notEqual, .bits64, .r1, 0x81, 3), "if r1 != 0x81 goto +3"),
        (.branch(.signedLess, .bits32, .r1, .register(.r2), -4), "if w1 s< w2 goto -4"),
        (.branch(.anyBit, .bits64, .r1, -1, 0), "if r1 & 0xffffffff goto +0"),
        (.jumpFar(-70000), "gotol -70000"),
        (.call(.helper(1)), "call bpf_map_lookup_elem#1"),
        (.call(.helper(999)), "call unknown#999"),
        (.call(.function(-1)), "call pc-1"),
        (.exit, "exit"),
    ]

    @Test("instructions read as the kernel prints them", arguments: texts)
    func instructions(instruction: Instruction, text: String) {
        #expect(instruction.text == text)
    }

    @Test("no two instructions of the table read the same")
    func textsAreDistinct() {
        var operands = OperandFields()
        operands.destination = .r1
        operands.source = .r2
        var seen: [String: Operation] = [:]
        for row in EncodingTable.rows {
            let text = Instruction(row.operation, operands).text
            #expect(seen[text] == nil, "\(text)")
            seen[text] = row.operation
        }
    }

    @Test("targets have names in the order of the code")
    func labels() throws {
        let program = try Program([
            .branch(.equal, .bits64, .r1, 0, 1), .call(.function(1)), .exit, .jump(-2),
        ])
        #expect(
            Disassembler(program).text == """
                0: if r1 == 0x0 goto +1 <L1>
                1: call pc+1 <F1>
                L1:
                2: exit
                F1:
                3: goto -2 <L1>

                """)
    }

    @Test("helpers are found by their stable numbers")
    func helpers() {
        #expect(KernelHelper(rawValue: 26)?.symbol == "bpf_skb_load_bytes")
        #expect(KernelHelper(rawValue: 125)?.symbol == "bpf_ktime_get_boot_ns")
        #expect(KernelHelper.skStorageGet.argumentCount == 4)
        #expect(Set(KernelHelper.allCases.map(\.symbol)).count == KernelHelper.allCases.count)
    }
}
