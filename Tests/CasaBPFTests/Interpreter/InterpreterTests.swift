import CasaBPF
import Testing

@Suite struct InterpreterTests {
    private func result(_ text: String, _ arguments: [UInt64] = []) throws -> UInt64 {
        try Interpreter(Program(decoding: AssemblyParser.parse(text).slots)).run(arguments: arguments).result
    }

    private func trap(
        _ text: String, memory: ConcreteMemory = ConcreteMemory(), arguments: [UInt64] = [],
        budget: Int = 1000
    ) throws -> Fault {
        let program = try Program(decoding: AssemblyParser.parse(text).slots)
        return try #require(throws: Fault.self) {
            try Interpreter(program).run(arguments: arguments, memory: memory, budget: budget)
        }
    }

    @Test("division has no exceptions")
    func division() throws {
        let least = UInt64(1) << 63
        #expect(try result("mov %r0, %r1\ndiv %r0, %r2\nexit", [7, 0]) == 0)
        #expect(try result("mov %r0, %r1\nsdiv %r0, %r2\nexit", [7, 0]) == 0)
        #expect(try result("mov %r0, %r1\nmod %r0, %r2\nexit", [7 << 32, 0]) == 7 << 32)
        #expect(try result("mov %r0, %r1\nmod32 %r0, %r2\nexit", [7 << 32 | 5, 1 << 32]) == 5)
        #expect(try result("mov %r0, %r1\nsmod32 %r0, %r2\nexit", [7 << 32 | 5, 0]) == 5)
        #expect(try result("mov %r0, %r1\nsdiv %r0, %r2\nexit", [least, .max]) == least)
        #expect(try result("mov %r0, %r1\nsmod %r0, %r2\nexit", [least, .max]) == 0)
        #expect(try result("mov %r0, %r1\nsdiv32 %r0, %r2\nexit", [1 << 31, .max]) == 1 << 31)
        #expect(try result("mov %r0, %r1\nsmod %r0, %r2\nexit", [UInt64(bitPattern: -13), 4]) == .max)
    }

    @Test("shifts take their distance modulo the width")
    func shifts() throws {
        #expect(try result("mov %r0, %r1\nlsh %r0, %r2\nexit", [1, 65]) == 2)
        #expect(try result("mov %r0, %r1\nrsh32 %r0, %r2\nexit", [4, 33]) == 2)
        #expect(try result("mov %r0, %r1\narsh32 %r0, %r2\nexit", [1 << 31, 31]) == 0xFFFF_FFFF)
    }

    @Test("a register without a word cannot be read")
    func uninitialisedRegisters() throws {
        #expect(try trap("mov %r0, %r3\nexit").trap == .uninitialisedRegister(.r3))
        #expect(try trap("exit").trap == .uninitialisedRegister(.r0))
        let call = "mov %r1, 1\nmov %r6, 1\ncall local f\n"
        #expect(
            try trap(call + "mov %r0, %r1\nexit\nf:\nmov %r0, 0\nexit").trap == .uninitialisedRegister(.r1))
        #expect(try trap(call + "exit\nf:\nmov %r0, %r6\nexit").trap == .uninitialisedRegister(.r6))
        #expect(try trap(call + "exit\nf:\nexit").trap == .uninitialisedRegister(.r0))
    }

    @Test("every access stays in its region")
    func bounds() throws {
        #expect(
            try trap("ldxb %r0, [%r10]\nexit").trap == .outOfBounds(.read, address: 1 << 32 | 512, count: 1))
        #expect(
            try trap("stdw [%r10-516], 0\nexit").trap
                == .outOfBounds(.write, address: 0xFFFF_FFFC, count: 8))
        #expect(
            try trap("mov %r1, 0\nldxdw %r0, [%r1]\nexit").trap == .outOfBounds(.read, address: 0, count: 8))
        let memory = ConcreteMemory()
        let buffer = memory.allocate([1, 2, 3, 4], .read)
        #expect(
            try trap("ldxw %r0, [%r1+1]\nexit", memory: memory, arguments: [buffer]).trap
                == .outOfBounds(.read, address: buffer + 1, count: 4))
        #expect(
            try trap("stxw [%r1], %r1\nexit", memory: memory, arguments: [buffer]).trap
                == .forbidden(.write, address: buffer))
        #expect(
            try trap("lock add32 [%r1], %r1\nexit", memory: memory, arguments: [buffer]).trap
                == .forbidden(.write, address: buffer))
        memory.release(buffer)
        #expect(
            try trap("ldxb %r0, [%r1]\nexit", memory: memory, arguments: [buffer]).trap
                == .outOfBounds(.read, address: buffer, count: 1))
    }

    @Test("loops, recursion and unknown helpers end")
    func limits() throws {
        #expect(try trap("ja -1\nexit").trap == .budget)
        let recursion = try trap("call local f\nexit\nf:\ncall local f\nexit")
        #expect(recursion == Fault(trap: .callDepth, slot: 2, depth: 7))
        #expect(
            try trap("mov %r1, 0\ncall 4242\nexit") == Fault(trap: .unknownHelper(4242), slot: 1, depth: 0))
        #expect(try trap("lddw %r1, 1\nlddw %r2, 2\nldxb %r0, [%r2]\nexit").slot == 4)
    }

    @Test("frames have stacks of their own, and can share what they point at")
    func frames() throws {
        let text = """
            stdw [%r10-8], 1
            mov %r1, %r10
            add %r1, -8
            mov %r6, 40
            call local f
            ldxdw %r1, [%r10-8]
            add %r0, %r1
            add %r0, %r6
            exit
            f:
            stdw [%r10-8], 100
            mov %r6, 5
            stxdw [%r1], %r6
            ldxdw %r0, [%r10-8]
            exit
            """
        #expect(try result(text) == 145)
    }

    @Test("helpers see arguments and memory; maps are loaded by reference")
    func helpersAndMaps() throws {
        let memory = ConcreteMemory()
        let packet: [UInt8] = [0x45, 0, 0, 20]
        let value = memory.allocate([9, 0, 0, 0, 8, 0, 0, 0], .read)
        memory.maps[.descriptor(3)] = .init(handle: 0xABCD, value: value)
        let helpers = HelperTable()
        helpers.define(.skbLoadBytes) { arguments, memory throws(Trap) in
            let offset = Int(try arguments.word(.r2))
            let count = Int(try arguments.word(.r4))
            guard offset + count <= packet.count else { return UInt64(bitPattern: -14) }
            try memory.write(Array(packet[offset..<offset + count]), at: try arguments.word(.r3))
            return 0
        }
        let program = try Program([
            .arithmetic(.move, .bits64, .r2, 1), .arithmetic(.move, .bits64, .r3, .register(.r10)),
            .arithmetic(.add, .bits64, .r3, -8), .arithmetic(.move, .bits64, .r4, 3),
            .call(.helper(26)), .load(.byte, .r0, base: .r10, offset: -6),
            .loadImmediate64(.r1, .mapValue(.descriptor(3), offset: 4)),
            .load(.word, .r2, base: .r1, offset: 0), .arithmetic(.add, .bits64, .r0, .register(.r2)),
            .loadImmediate64(.r3, .map(.descriptor(3))), .arithmetic(.add, .bits64, .r0, .register(.r3)),
            .exit,
        ])
        let execution = try Interpreter(program, environment: helpers).run(arguments: [0], memory: memory)
        #expect(execution.result == 20 + 8 + 0xABCD)
        #expect(execution.instructionCount == 12)
        let unknown = try Program([.loadImmediate64(.r0, .map(.index(1))), .exit])
        let fault = try #require(throws: Fault.self) { try Interpreter(unknown).run() }
        #expect(fault.trap == .unknownMap(.index(1)))
    }

    @Test("a context's narrow fields may hold whole addresses")
    func contextFields() throws {
        let memory = ConcreteMemory()
        let packet = memory.allocate([7], .read)
        let context = memory.allocate(16, .read)
        memory.setAddress(packet, inField: context + 4)
        let program = try Program([
            .load(.word, .r2, base: .r1, offset: 4), .load(.byte, .r0, base: .r2, offset: 0), .exit,
        ])
        #expect(try Interpreter(program).run(arguments: [context], memory: memory).result == 7)
    }

    @Test("a function's address can be called")
    func functionAddresses() throws {
        let program = try Program([
            .loadImmediate64(.r2, .function(2)), .call(.register(.r2)), .exit,
            .arithmetic(.move, .bits64, .r0, 6), .exit,
        ])
        #expect(try Interpreter(program).run().result == 6)
    }
}
