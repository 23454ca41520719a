/// What stands in for the kernel when a program calls a helper.
package protocol HelperEnvironment: AnyObject {
    /// Does what helper `number` does, and answers what it returns.
    func call(
        _ number: Int32, _ arguments: HelperArguments, _ memory: ConcreteMemory
    ) throws(Trap) -> UInt64
}

/// The registers `r1` to `r5` at a call; to read one that has no word is a trap.
package struct HelperArguments {
    private let registers: RegisterFile<UInt64>

    init(_ registers: RegisterFile<UInt64>) {
        self.registers = registers
    }

    package func word(_ register: Register) throws(Trap) -> UInt64 {
        precondition(Register.r1 <= register && register <= .r5, "arguments are in r1 to r5")
        return try registers.read(register)
    }
}

/// Helpers given as closures, by number; whatever is not given is a trap.
package final class HelperTable: HelperEnvironment {
    package typealias Body = (HelperArguments, ConcreteMemory) throws(Trap) -> UInt64

    /// The kernel's numbers are small; others are only made up.
    private static let smallCount: Int32 = 256
    private var bodies: [Body?] = Array(repeating: nil, count: Int(smallCount))
    private var others: [Int32: Body] = [:]

    package init() {}

    package func define(_ helper: KernelHelper, _ body: @escaping Body) {
        define(helper.rawValue, body)
    }

    package func define(_ number: Int32, _ body: @escaping Body) {
        if (0..<Self.smallCount).contains(number) {
            bodies[Int(number)] = body
        } else {
            others[number] = body
        }
    }

    package func call(
        _ number: Int32, _ arguments: HelperArguments, _ memory: ConcreteMemory
    ) throws(Trap) -> UInt64 {
        let isSmall = (0..<Self.smallCount).contains(number)
        guard let body = isSmall ? bodies[Int(number)] : others[number] else { throw .unknownHelper(number) }
        return try body(arguments, memory)
    }
}
