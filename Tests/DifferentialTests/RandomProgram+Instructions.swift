import CasaBPF
import CasaTestSupport

/// Single instructions, with operands that the verifier takes.
extension RandomProgram {
    mutating func computation() -> Instruction {
        let width = random.pick(Width.allCases)
        let target = random.pick(Self.numbers)
        switch random.number(below: 10) {
        case 0: return .negate(width, target)
        case 1:
            return .extendSign(random.pick(SignExtension.allCases), target, from: random.pick(Self.numbers))
        case 2: return .orderBytes(random.pick(ByteOrder.allCases), random.pick(SwapWidth.allCases), target)
        case 3: return .loadImmediate64(target, .value(word()))
        default:
            let operation = random.pick(ArithmeticOperation.allCases)
            return .arithmetic(operation, width, target, operand(immediate(for: operation, width)))
        }
    }

    /// Reads or writes the stack or the value that `r6` points at; sometimes where a number says.
    mutating func access() {
        if random.chance(50) { return access(.r10, -Self.stackBytes..<0) }
        if random.chance(70) { return access(.r6, 0..<Self.valueBytes) }
        assembler.emit(.arithmetic(.move, .bits64, .r9, .register(random.pick(Self.numbers))))
        assembler.emit(.arithmetic(.and, .bits64, .r9, .immediate(Int32(Self.valueBytes - 8))))
        assembler.emit(.arithmetic(.add, .bits64, .r9, .register(.r6)))
        // The verifier takes no atomic access of the stack where a number says.
        access(.r9, 0..<8, atomically: !isInFunction)
    }

    /// The verifier wants accesses of the stack to be aligned.
    private mutating func offset(_ size: MemorySize, _ places: Range<Int>) -> Int16 {
        Int16(places.lowerBound + random.number(below: places.count / size.byteCount) * size.byteCount)
    }

    private mutating func access(_ base: Register, _ places: Range<Int>, atomically: Bool = true) {
        let target = random.pick(Self.numbers)
        switch random.number(below: atomically ? 5 : 4) {
        case 0, 1:
            let size = random.pick(MemorySize.allCases)
            assembler.emit(.load(size, target, base: base, offset: offset(size, places)))
        case 2:
            let size = random.pick(SignedMemorySize.allCases)
            assembler.emit(.loadSigned(size, target, base: base, offset: offset(size.memorySize, places)))
        case 3:
            let size = random.pick(MemorySize.allCases)
            let operand = operand(immediate())
            assembler.emit(.store(size, base: base, offset: offset(size, places), operand))
        default:
            let width = random.pick(Width.allCases)
            let operation = random.pick(AtomicOperation.allCases)
            let offset = offset(width.memorySize, places)
            assembler.emit(.atomic(operation, width, base: base, offset: offset, target))
        }
    }

    // MARK: Operands

    mutating func operand(_ immediate: Int32) -> Operand {
        random.chance(50) ? .register(random.pick(Self.numbers)) : .immediate(immediate)
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
    mutating func immediate() -> Int32 {
        let corners: [Int32] = [0, 1, -1, 2, 7, 31, 32, 63, 64, 255, 65535, .max, .min]
        return random.chance(50) ? random.pick(corners) : Int32(truncatingIfNeeded: random.next())
    }

    mutating func word() -> UInt64 {
        let corners: [UInt64] = [0, 1, .max, 1 << 31, 1 << 32, 1 << 63, 0xFFFF_FFFF, 0x7FFF_FFFF, 255]
        return random.chance(50) ? random.pick(corners) : random.next()
    }
}
