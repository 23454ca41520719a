import CasaBPF
import Testing

/// Calls of what a register holds: no verifier has looked at where they lead.
@Suite struct RegisterCallTests {
    @Test("a call of what is no instruction of the program is a trap, and not the end of the process")
    func callsBeyondTheEnd() throws {
        let program = try Program([
            .loadImmediate64(.r2, .function(3)), .arithmetic(.add, .bits64, .r2, .register(.r1)),
            .call(.register(.r2)), .exit, .arithmetic(.move, .bits64, .r0, 6), .exit,
        ])
        #expect(try Interpreter(program).run(arguments: [0]).result == 6)
        let fault = try #require(throws: Fault.self) { try Interpreter(program).run(arguments: [2]) }
        #expect(fault == Fault(trap: .noFunction(6), slot: 3, depth: 0))
    }

    @Test("bytes that do not fit are not written, whatever region they begin in")
    func bulkAccess() throws {
        let memory = ConcreteMemory()
        let buffer = memory.allocate([1, 2, 3, 4])
        let fixed = memory.allocate([5], .read)
        #expect(throws: Trap.outOfBounds(.write, address: buffer + 2, count: 3)) {
            try memory.write([7, 7, 7], at: buffer + 2)
        }
        #expect(throws: Trap.forbidden(.write, address: fixed)) { try memory.clear(1, at: fixed) }
        #expect(try memory.bytes(at: buffer, count: 4) == [1, 2, 3, 4])
        try memory.write([8, 9], at: buffer + 1)
        #expect(try memory.bytes(at: buffer + 1, count: 3) == [8, 9, 4])
        memory.release(buffer)
        #expect(throws: Trap.outOfBounds(.read, address: buffer, count: 1)) {
            try memory.bytes(at: buffer, count: 1)
        }
    }
}
