/// An instruction without its operands: what one row of the encoding table is about.
package enum Operation: Hashable, Sendable {
    case arithmetic(ArithmeticOperation, Width, OperandKind)
    case negate(Width)
    case extendSign(SignExtension)
    case orderBytes(ByteOrder, SwapWidth)
    case load(MemorySize)
    case loadSigned(SignedMemorySize)
    case store(MemorySize, OperandKind)
    case atomic(AtomicOperation, Width)
    case loadImmediate64(ImmediateKind)
    case jump
    case jumpFar
    case branch(Condition, Width, OperandKind)
    case callHelper
    case callFunction
    case callRegister
    case exit
}

/// An ``ImmediateSource`` without its operands.
package enum ImmediateKind: CaseIterable, Hashable, Sendable {
    case value
    case map
    case mapValue
    case variable
    case function
    case mapByIndex
    case mapValueByIndex
}

/// The operands of an instruction, in the fields that carry them.
package struct OperandFields: Hashable, Sendable {
    package var destination: Register
    package var source: Register
    package var offset: Int16
    package var immediate: Int32
    /// The immediate of the second slot of a wide load.
    package var next: Int32

    package init(
        destination: Register = .r0, source: Register = .r0, offset: Int16 = 0, immediate: Int32 = 0,
        next: Int32 = 0
    ) {
        self.destination = destination
        self.source = source
        self.offset = offset
        self.immediate = immediate
        self.next = next
    }
}
