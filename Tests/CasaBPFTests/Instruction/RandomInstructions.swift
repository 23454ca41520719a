import CasaBPF

/// Random instructions from a seed that a failure message can name.
struct RandomInstructions {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func bits() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    mutating func number(below bound: Int) -> Int {
        Int(bits() % UInt64(bound))
    }

    /// Small numbers and the ends of the range are as likely as all others together.
    mutating func immediate() -> Int32 {
        let corners: [Int32] = [0, 1, -1, 2, 7, 31, 32, 63, 64, 255, 65535, .max, .min]
        return bits() & 1 == 0 ? corners[number(below: corners.count)] : Int32(truncatingIfNeeded: bits())
    }

    mutating func word() -> UInt64 {
        let corners: [UInt64] = [0, 1, .max, 1 << 31, 1 << 32, 1 << 63, 0xFFFF_FFFF, 0x7FFF_FFFF, 255]
        return bits() & 1 == 0 ? corners[number(below: corners.count)] : bits()
    }

    /// Any instruction that the decoder accepts, as a row of the table and operands at random.
    mutating func instruction(of row: EncodingRow) -> Instruction {
        var operands = OperandFields()
        if row.destination == .operand { operands.destination = register(below: 10) }
        if row.source == .operand { operands.source = register(below: 10) }
        if row.offset == .operand { operands.offset = Int16(truncatingIfNeeded: bits()) }
        if row.immediate == .operand { operands.immediate = immediate() }
        if row.next == .operand { operands.next = immediate() }
        return Instruction(row.operation, operands)
    }

    /// An instruction that computes on `r0` to `r4` and neither jumps nor touches memory.
    mutating func computation() -> Instruction {
        let width = Width.allCases[number(below: 2)]
        let destination = register(below: 5)
        switch number(below: 8) {
        case 0: return .negate(width, destination)
        case 1:
            let form = SignExtension.allCases[number(below: SignExtension.allCases.count)]
            return .extendSign(form, destination, from: register(below: 5))
        case 2:
            return .orderBytes(
                ByteOrder.allCases[number(below: 3)], SwapWidth.allCases[number(below: 3)], destination)
        case 3: return .loadImmediate64(destination, .value(word()))
        default:
            let operations = ArithmeticOperation.allCases
            return .arithmetic(operations[number(below: operations.count)], width, destination, operand())
        }
    }

    mutating func operand() -> Operand {
        bits() & 1 == 0 ? .register(register(below: 5)) : .immediate(immediate())
    }

    mutating func register(below bound: Int) -> Register {
        Register.allCases[number(below: bound)]
    }

    /// A program of computations and forward branches that takes `r1` and `r2` and returns.
    mutating func program(of count: Int) -> [Instruction] {
        var assembler = Assembler()
        for register in [Register.r0, .r3, .r4] { assembler.emit(.loadImmediate64(register, .value(word()))) }
        var open: [Assembler.Label] = []
        for _ in 0..<count {
            if !open.isEmpty && number(below: 4) == 0 { assembler.place(open.removeLast()) }
            if open.count < 3 && number(below: 5) == 0 {
                let label = assembler.label()
                let conditions = Condition.allCases
                assembler.branch(
                    conditions[number(below: conditions.count)], Width.allCases[number(below: 2)],
                    register(below: 5), operand(), to: label)
                open.append(label)
            } else {
                assembler.emit(computation())
            }
        }
        for label in open { assembler.place(label) }
        assembler.emit(.exit)
        guard let slots = try? assembler.finish().slots, let decoded = try? Decoder().decode(slots) else {
            preconditionFailure("a random program is a program")
        }
        return decoded
    }
}
