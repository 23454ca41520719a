/// Everything a running program has: registers, callers and memory.
///
/// A value, so that an executor that follows both sides of a branch keeps a copy.
package struct MachineState<Machine: Domain> {
    /// How many frames there may be, the program's own among them.
    package static var frameLimit: Int { 8 }

    /// What a function's return brings back.
    package struct Caller {
        let registers: RegisterFile<Machine.Word>
        package let position: Int
    }

    package var registers: RegisterFile<Machine.Word>
    package var memory: Machine.Memory
    /// The index of the instruction that is next.
    package var position: Int
    package internal(set) var callers: [Caller] = []

    /// A program about to start: `r1` to `r5` hold the arguments, `r10` the end of the stack.
    package init(
        entry: Int = 0, arguments: [Machine.Word], memory: Machine.Memory, in domain: Machine
    ) throws(Trap) {
        precondition(arguments.count <= 5, "five registers hold arguments")
        registers = RegisterFile(filler: domain.constant(0))
        self.memory = memory
        position = entry
        for (number, word) in arguments.enumerated() {
            guard let register = Register(rawValue: UInt8(number + 1)) else { break }
            registers.write(register, word)
        }
        registers.write(.r10, try domain.framePointer(depth: 0, in: &self.memory))
    }

    /// Goes into a function from before `next`, and answers where the function begins.
    mutating func enter(_ function: Int, from next: Int, in domain: Machine) throws(Trap) -> Int {
        guard callers.count + 1 < Self.frameLimit else { throw .callDepth }
        if callers.isEmpty { callers.reserveCapacity(Self.frameLimit) }
        callers.append(Caller(registers: registers, position: next))
        registers.clear(.r0, through: .r0)
        registers.clear(.r6, through: .r9)
        registers.write(.r10, try domain.framePointer(depth: callers.count, in: &memory))
        return function
    }

    /// Goes back to the caller, and answers where that goes on; nowhere if there is none.
    mutating func leave() -> Int? {
        guard let caller = callers.popLast() else { return nil }
        registers.clear(.r1, through: .r5)
        registers.restore(.r6, through: .r10, from: caller.registers)
        return caller.position
    }
}
