/// Why a machine stops before its program exits.
package enum Trap: Error, Hashable, Sendable {
    package enum Access: String, Hashable, Sendable {
        case read
        case write
    }

    case uninitialisedRegister(Register)
    /// No region holds all of the bytes.
    case outOfBounds(Access, address: UInt64, count: Int)
    /// The region forbids it.
    case forbidden(Access, address: UInt64)
    case unknownMap(MapReference)
    case unknownVariable(Int32)
    case unknownHelper(Int32)
    /// A helper was called in a way that the kernel would have refused.
    case helperMisuse(Int32, String)
    case notCallable(UInt64)
    /// The address of a function beyond the end of the program.
    case noFunction(Int)
    case callDepth
    case budget
    /// The domain cannot express what the program does.
    case unsupported(String)
}

/// A trap, and where it happened.
package struct Fault: Error, Hashable, Sendable {
    package let trap: Trap
    /// The slot of the instruction.
    package let slot: Int
    /// How many calls deep; 0 is the program itself.
    package let depth: Int

    package init(trap: Trap, slot: Int, depth: Int) {
        self.trap = trap
        self.slot = slot
        self.depth = depth
    }
}

extension Trap: CustomStringConvertible {
    package var description: String {
        switch self {
        case .uninitialisedRegister(let register): "read of the uninitialised register \(register.name)"
        case .outOfBounds(let access, let address, let count):
            "\(access.rawValue) of \(count) bytes out of bounds at 0x\(String(address, radix: 16))"
        case .forbidden(let access, let address):
            "\(access.rawValue) forbidden at 0x\(String(address, radix: 16))"
        case .unknownMap(.descriptor(let map)): "no map has descriptor \(map)"
        case .unknownMap(.index(let map)): "no map has index \(map)"
        case .unknownVariable(let variable): "no variable has number \(variable)"
        case .unknownHelper(let number): "no helper has number \(number)"
        case .helperMisuse(let number, let reason): "misuse of helper \(number): \(reason)"
        case .notCallable(let word): "0x\(String(word, radix: 16)) cannot be called"
        case .noFunction(let index): "no function begins at \(index)"
        case .callDepth: "calls are nested too deeply"
        case .budget: "the instruction budget is spent"
        case .unsupported(let reason): reason
        }
    }
}

extension Fault: CustomStringConvertible {
    package var description: String { "instruction \(slot): \(trap)" }
}
