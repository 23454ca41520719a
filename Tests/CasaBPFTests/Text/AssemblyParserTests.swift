import CasaBPF
import Testing

@Suite struct AssemblyParserTests {
    private func parse(_ text: String) throws -> [Instruction] {
        try Decoder(accepting: .registerCalls).decode(AssemblyParser.parse(text).slots)
    }

    @Test("every form of statement is read")
    func statements() throws {
        let instructions = try parse(
            """
            mov %r1, -1 # comment
            add32 %r1,%r2
              smod %r3, 0xffffffff
            movsx1664 %r4, %r5
            neg32 %r1
            be16 %r1
            swap64 %r2
            ldxsw %r1, [%r2-4]
            ldxdw %r1, [ %r2 + 0x10 ]
            stb [%r10-1], 0x80
            stxw [%r10], %r3
            lock fetch add32 [%r10-8], %r1
            lock cmpxchg [%r10-8], %r1
            lddw %r6, 0xffffffffffffffff
            call local f
            call 5
            call %r2
            ja32 +1
            jset32 %r1, 0x80000000, -2
            f:
            exit
            """)
        #expect(
            instructions == [
                .arithmetic(.move, .bits64, .r1, -1), .arithmetic(.add, .bits32, .r1, .register(.r2)),
                .arithmetic(.signedModulo, .bits64, .r3, -1), .extendSign(.halfToDouble, .r4, from: .r5),
                .negate(.bits32, .r1), .orderBytes(.toBigEndian, .bits16, .r1),
                .orderBytes(.swap, .bits64, .r2), .loadSigned(.word, .r1, base: .r2, offset: -4),
                .load(.double, .r1, base: .r2, offset: 16), .store(.byte, base: .r10, offset: -1, 0x80),
                .store(.word, base: .r10, offset: 0, .register(.r3)),
                .atomic(.fetchAdd, .bits32, base: .r10, offset: -8, .r1),
                .atomic(.compareExchange, .bits64, base: .r10, offset: -8, .r1),
                .loadImmediate64(.r6, .value(.max)), .call(.function(4)), .call(.helper(5)),
                .call(.register(.r2)), .jumpFar(1), .branch(.anyBit, .bits32, .r1, .immediate(.min), -2),
                .exit,
            ])
    }

    @Test("`exit` names the first exit, unless there is a label of that name")
    func exitLabel() throws {
        #expect(try parse("jeq %r1, 0, exit\nexit\nexit")[0] == .branch(.equal, .bits64, .r1, 0, 0))
        #expect(try parse("jeq %r1, 0, exit\nja +0\nexit:\nexit")[0] == .branch(.equal, .bits64, .r1, 0, 1))
    }

    @Test(
        "mistakes are found where they are",
        arguments: [
            ("exit\nfrob %r1", 2, AssemblySyntaxError.Reason.unknownMnemonic("frob")),
            ("mov %r1", 1, .operandCount(expected: 2, found: 1)),
            ("mov %r11, 1", 1, .notARegister("%r11")),
            ("mov %r1, 5x", 1, .notANumber("5x")),
            ("mov %r1, 0x1ffffffff", 1, .outOfRange("0x1ffffffff")),
            ("ldxb %r1, %r2", 1, .notAnAddress("%r2")),
            ("ldxb %r1, [%r2+40000]", 1, .outOfRange("[%r2+40000]")),
            ("a:\nexit\na:", 3, .duplicateLabel("a")),
            ("ja nowhere\nexit", 1, .unknownLabel("nowhere")),
            ("mov %r10, 1", 1, .layout(.writesFramePointer(slot: 0))),
        ])
    func mistakes(text: String, line: Int, reason: AssemblySyntaxError.Reason) {
        #expect(throws: AssemblySyntaxError(line: line, reason: reason)) { try AssemblyParser.parse(text) }
    }

    @Test("a vector's sections are read")
    func sections() throws {
        let vector = try ConformanceVector(
            parsing: "# x\n-- c\nint main;\n-- raw\n0x95 # exit\n-- mem\n01 ff\n02\n-- result\n0x10\n")
        #expect(vector.source == .raw([EncodedInstruction(opcode: 0x95)]))
        #expect(vector.memory == [1, 255, 2])
        #expect(vector.expectation == .result(16))
        let failing = try ConformanceVector(parsing: "-- asm\nexit\n-- error\nuninitialised register\n")
        #expect(failing.expectation == .error("uninitialised register"))
        #expect(throws: ConformanceVector.Malformation.noExpectation) {
            try ConformanceVector(parsing: "-- asm\nexit\n")
        }
        #expect(throws: ConformanceVector.Malformation.unknownSection("what")) {
            try ConformanceVector(parsing: "-- what\n")
        }
    }
}
