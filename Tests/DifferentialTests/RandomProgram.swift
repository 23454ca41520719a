import CasaBPF
import CasaTestSupport

/// Programs that the verifier takes: computations and forward branches on five registers, folded into one word.
struct RandomProgram {
    private var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    mutating func generate() throws -> Program {
        var assembler = Assembler()
        for register in Self.registers { assembler.emit(.loadImmediate64(register, .value(word()))) }
        var open: [Assembler.Label] = []
        for _ in 0..<8 + random.number(below: 60) {
            if !open.isEmpty, random.chance(25) { assembler.place(open.removeLast()) }
            if open.count < 3, random.chance(20) {
                let label = assembler.label()
                assembler.branch(
                    random.pick(Condition.allCases), random.pick(Width.allCases), random.pick(Self.registers),
                    operand(immediate()), to: label)
                open.append(label)
            } else {
                assembler.emit(computation())
            }
        }
        for label in open { assembler.place(label) }
        fold(into: &assembler)
        return try Program(decoding: assembler.finish().slots)
    }

    private static let registers: [Register] = [.r0, .r1, .r2, .r3, .r4]

    /// A test run returns 32 bits only, and all of five registers is to count.
    private func fold(into assembler: inout Assembler) {
        for register in Self.registers.dropFirst() {
            assembler.emit(.loadImmediate64(.r5, .value(0x9E37_79B9_7F4A_7C15)))
            assembler.emit(.arithmetic(.multiply, .bits64, .r0, .register(.r5)))
            assembler.emit(.arithmetic(.exclusiveOr, .bits64, .r0, .register(register)))
        }
        assembler.emit(.arithmetic(.move, .bits64, .r5, .register(.r0)))
        assembler.emit(.arithmetic(.shiftRight, .bits64, .r5, 32))
        assembler.emit(.arithmetic(.exclusiveOr, .bits64, .r0, .register(.r5)))
        assembler.emit(.exit)
    }

    private mutating func computation() -> Instruction {
        let width = random.pick(Width.allCases)
        let target = random.pick(Self.registers)
        switch random.number(below: 10) {
        case 0: return .negate(width, target)
        case 1:
            return .extendSign(random.pick(SignExtension.allCases), target, from: random.pick(Self.registers))
        case 2: return .orderBytes(random.pick(ByteOrder.allCases), random.pick(SwapWidth.allCases), target)
        case 3: return .loadImmediate64(target, .value(word()))
        default:
            let operation = random.pick(ArithmeticOperation.allCases)
            return .arithmetic(operation, width, target, operand(immediate(for: operation, width)))
        }
    }

    private mutating func operand(_ immediate: Int32) -> Operand {
        random.chance(50) ? .register(random.pick(Self.registers)) : .immediate(immediate)
    }

    /// The verifier refuses immediate shifts beyond the width, and immediate zeros as divisors.
    private mutating func immediate(for operation: ArithmeticOperation, _ width: Width) -> Int32 {
        let immediate = immediate()
        switch operation {
        case .shiftLeft, .shiftRight, .signedShiftRight: return immediate & (width == .bits32 ? 31 : 63)
        case .divide, .signedDivide, .modulo, .signedModulo: return immediate == 0 ? 7 : immediate
        case .add, .subtract, .multiply, .or, .and, .exclusiveOr, .move: return immediate
        }
    }

    /// Small numbers and the ends of the range are as likely as all others together.
    private mutating func immediate() -> Int32 {
        let corners: [Int32] = [0, 1, -1, 2, 7, 31, 32, 63, 64, 255, 65535, .max, .min]
        return random.chance(50) ? random.pick(corners) : Int32(truncatingIfNeeded: random.next())
    }

    private mutating func word() -> UInt64 {
        let corners: [UInt64] = [0, 1, .max, 1 << 31, 1 << 32, 1 << 63, 0xFFFF_FFFF, 0x7FFF_FFFF, 255]
        return random.chance(50) ? random.pick(corners) : random.next()
    }
}
