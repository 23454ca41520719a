/// An instruction as it is executed: taken apart once, and not each time that it is met.
package struct PreparedStep: Sendable {
    /// The operand of 64 bits: an immediate with its sign repeated, or what a wide load loads.
    let immediate: UInt64
    /// The index of the instruction that is jumped to or called, or the offset of an access to memory.
    let place: Int32
    let operation: Operation
    let destination: Register
    let source: Register

    /// `count` is how many instructions the program has: a call of what a register holds reaches no others.
    package init(_ step: Program.Step, of count: Int = Int(Int32.max)) {
        let operands: OperandFields
        (operation, operands) = step.instruction.fields
        destination = operands.destination
        source = operands.source
        immediate =
            switch operation {
            case .loadImmediate64:
                UInt64(UInt32(bitPattern: operands.immediate)) | UInt64(UInt32(bitPattern: operands.next))
                    << 32
            case .arithmetic, .negate, .extendSign, .orderBytes, .load, .loadSigned, .store, .atomic, .jump,
                .jumpFar, .branch, .callHelper, .callFunction, .callRegister, .exit:
                UInt64(bitPattern: Int64(operands.immediate))
            }
        place =
            switch operation {
            case .load, .loadSigned, .store, .atomic: Int32(operands.offset)
            case .callRegister: Int32(clamping: count)
            case .arithmetic, .negate, .extendSign, .orderBytes, .loadImmediate64, .jump, .jumpFar, .branch,
                .callHelper, .callFunction, .exit:
                step.target
            }
    }

    /// What a wide load refers to.
    func imported(_ kind: ImmediateKind) -> ImmediateSource {
        let low = Int32(truncatingIfNeeded: immediate)
        let high = UInt32(truncatingIfNeeded: immediate >> 32)
        return switch kind {
        case .value: .value(immediate)
        case .map: .map(.descriptor(low))
        case .mapByIndex: .map(.index(low))
        case .mapValue: .mapValue(.descriptor(low), offset: high)
        case .mapValueByIndex: .mapValue(.index(low), offset: high)
        case .variable: .variable(low)
        case .function: .function(low)
        }
    }
}
