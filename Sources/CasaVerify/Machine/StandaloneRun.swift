package import CasaBPF

/// A program by itself, on some bytes: what the public conformance suite asks of a machine.
///
/// At entry `r1` points to the bytes, or is zero where there are none, and `r2` is their number. There is no kernel: the
/// only helper is the suite's own, number 5, which gives back its argument.
package struct StandaloneRun {
    package static let helper: Int32 = 5

    /// How many bytes of memory a program may be given.
    package static let memoryLimit = 4 << 10

    package let program: Program
    package let memory: [UInt8]

    package init(_ program: Program, memory: [UInt8]) {
        self.program = program
        self.memory = memory
    }

    /// What the interpreter computes.
    package func interpreted() throws(Fault) -> UInt64 {
        let machine = ConcreteMemory()
        return try Interpreter(program, environment: Self.helpers)
            .run(arguments: arguments(in: machine), memory: machine).result
    }

    package static var helpers: HelperTable {
        let helpers = HelperTable()
        helpers.define(helper) { arguments, _ throws(Trap) in try arguments.word(.r1) }
        return helpers
    }

    /// What `r1` and `r2` are in a machine of numbers, which is given the bytes.
    package func arguments(in machine: ConcreteMemory) -> [UInt64] {
        [memory.isEmpty ? 0 : machine.allocate(memory), UInt64(memory.count)]
    }
}
