/// One instruction of the machine, by what it means (RFC 9669, ISA v4).
///
/// Distances of jumps are counted in slots of eight bytes from the following instruction; a wide load fills two slots.
package enum Instruction: Hashable, Sendable {
    case arithmetic(ArithmeticOperation, Width, Register, Operand)
    case negate(Width, Register)
    case extendSign(SignExtension, Register, from: Register)
    case orderBytes(ByteOrder, SwapWidth, Register)
    case load(MemorySize, Register, base: Register, offset: Int16)
    case loadSigned(SignedMemorySize, Register, base: Register, offset: Int16)
    case store(MemorySize, base: Register, offset: Int16, Operand)
    case atomic(AtomicOperation, Width, base: Register, offset: Int16, Register)
    case loadImmediate64(Register, ImmediateSource)
    case jump(Int16)
    case jumpFar(Int32)
    case branch(Condition, Width, Register, Operand, Int16)
    case call(CallTarget)
    case exit

    /// How many slots of eight bytes it fills.
    package var slotCount: Int {
        switch self {
        case .loadImmediate64: 2
        case .arithmetic, .negate, .extendSign, .orderBytes, .load, .loadSigned, .store, .atomic, .jump,
            .jumpFar,
            .branch, .call, .exit:
            1
        }
    }
}
