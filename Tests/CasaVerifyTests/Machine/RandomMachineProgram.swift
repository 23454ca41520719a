import CasaBPF
import CasaTestSupport

/// Programs of the shapes that compilers emit: branches that meet again, loops of known length in each other, functions with
/// several returns, values kept on the stack and read back in other sizes, addresses chosen by a branch.
///
/// They read their input through `r1`, 16 bytes, and `r2`, and never what nobody wrote.
struct RandomMachineProgram {
    /// The number of the only helper that may be called.
    private let helper: Int32
    private var random: SeededGenerator
    private var assembler = Assembler()
    private var functions: [Assembler.Label] = []
    private var loopDepth = 0
    /// How much may still be emitted.
    private var budget: Int

    /// Hold data; `r6` holds the input's address, `r9` counts the turns of the innermost loop.
    private static let data: [Register] = [.r0, .r1, .r2, .r3, .r7, .r8]
    private static let inputSize = 16
    /// Bytes below the frame pointer that a frame has written before it reads them.
    private static let stackSize = 32

    init(seed: UInt64, helper: Int32) {
        self.helper = helper
        random = SeededGenerator(seed: seed)
        budget = 10 + random.number(below: 30)
    }

    mutating func generate() throws -> Program {
        assembler.emit(.arithmetic(.move, .bits64, .r6, .register(.r1)))
        assembler.emit(.arithmetic(.move, .bits64, .r7, .register(.r2)))
        begin()
        assembler.emit(.arithmetic(.move, .bits64, .r8, .register(.r7)))
        statements(depth: 0, isMain: true)
        end()
        for function in functions { define(function) }
        return try Program(decoding: assembler.finish().slots)
    }

    /// Fills the registers and the stack.
    private mutating func begin() {
        for register in Self.data where register != .r7 && register != .r8 {
            assembler.emit(
                .loadImmediate64(register, .value(random.next() >> UInt64(random.number(below: 64)))))
        }
        for slot in stride(from: 8, through: Self.stackSize, by: 8) {
            let word = random.pick([Register.r0, .r2, .r3, .r7])
            assembler.emit(.store(.double, base: .r10, offset: Int16(-slot), .register(word)))
        }
    }

    private mutating func end() {
        for register in Self.data.dropFirst() {
            assembler.emit(.arithmetic(.multiply, .bits64, .r0, .immediate(31)))
            assembler.emit(.arithmetic(.add, .bits64, .r0, .register(register)))
        }
        assembler.emit(.exit)
    }

    private mutating func statements(depth: Int, isMain: Bool) {
        for _ in 0..<1 + random.number(below: 5) where budget > 0 {
            budget -= 1
            switch random.number(below: 20) {
            case 0..<3 where depth < 3: branch(depth: depth, isMain: isMain)
            case 3 where depth < 3 && loopDepth < 2: loop(depth: depth, isMain: isMain)
            case 4 where isMain && functions.count < 3: call()
            case 5 where depth > 0: end()
            case 6 where isMain: chosenAddress()
            case 7: helperCall()
            case 8..<13: memory(isMain: isMain)
            default: compute()
            }
        }
    }
}

// MARK: Shapes

extension RandomMachineProgram {
    private mutating func branch(depth: Int, isMain: Bool) {
        let (other, join) = (assembler.label(), assembler.label())
        assembler.branch(
            random.pick(Condition.allCases), random.pick(Width.allCases), random.pick(Self.data), operand(),
            to: other)
        statements(depth: depth + 1, isMain: isMain)
        assembler.jump(to: join)
        assembler.place(other)
        if random.chance(60) { statements(depth: depth + 1, isMain: isMain) }
        assembler.place(join)
    }

    /// Counts on the stack where another loop is around, so that both counters live.
    private mutating func loop(depth: Int, isMain: Bool) {
        let saved = Int16(-Self.stackSize - 8 * (loopDepth + 1))
        if loopDepth > 0 { assembler.emit(.store(.double, base: .r10, offset: saved, .register(.r9))) }
        loopDepth += 1
        let head = assembler.label()
        let turns = Int32(1 + random.number(below: 3))
        assembler.emit(.arithmetic(.move, .bits64, .r9, .immediate(turns)))
        assembler.place(head)
        statements(depth: depth + 1, isMain: isMain)
        compute()
        assembler.emit(.arithmetic(.subtract, .bits64, .r9, .immediate(1)))
        assembler.branch(.notEqual, .bits64, .r9, .immediate(0), to: head)
        loopDepth -= 1
        if loopDepth > 0 { assembler.emit(.load(.double, .r9, base: .r10, offset: saved)) }
    }

    private mutating func call() {
        if functions.isEmpty || random.chance(50) { functions.append(assembler.label()) }
        assembler.emit(.arithmetic(.move, .bits64, .r1, .register(random.pick(Self.data))))
        assembler.emit(.arithmetic(.move, .bits64, .r2, .register(random.pick(Self.data))))
        assembler.call(random.pick(functions))
        restoreArguments()
    }

    private mutating func helperCall() {
        assembler.emit(.arithmetic(.move, .bits64, .r1, .register(random.pick(Self.data))))
        assembler.emit(.call(.helper(helper)))
        restoreArguments()
    }

    /// A call takes the words of `r1` to `r5` away.
    private mutating func restoreArguments() {
        for register in [Register.r1, .r2, .r3] {
            assembler.emit(.arithmetic(.move, .bits64, register, .register(random.pick([.r0, .r7, .r8]))))
        }
    }

    private mutating func define(_ label: Assembler.Label) {
        assembler.place(label)
        assembler.emit(.arithmetic(.move, .bits64, .r7, .register(.r1)))
        assembler.emit(.arithmetic(.move, .bits64, .r8, .register(.r2)))
        begin()
        budget += 8
        statements(depth: 1, isMain: false)
        end()
    }

    /// One of two places of the input, or none: as `if (p)` after a look-up.
    private mutating func chosenAddress() {
        let (chosen, skip) = (assembler.label(), assembler.label())
        let second = random.chance(50)
        assembler.emit(.arithmetic(.move, .bits64, .r4, .register(.r6)))
        assembler.emit(.arithmetic(.add, .bits64, .r4, .immediate(Int32(random.number(below: 8)))))
        assembler.branch(
            random.pick(Condition.allCases), random.pick(Width.allCases), random.pick(Self.data), operand(),
            to: chosen)
        if second {
            assembler.emit(.arithmetic(.move, .bits64, .r4, .register(.r6)))
        } else {
            assembler.emit(.arithmetic(.move, .bits64, .r4, .immediate(0)))
        }
        assembler.place(chosen)
        assembler.branch(.equal, .bits64, .r4, .immediate(0), to: skip)
        assembler.emit(.load(random.pick(MemorySize.allCases), random.pick(Self.data), base: .r4, offset: 0))
        if !second {
            assembler.emit(
                .store(
                    random.pick(MemorySize.allCases), base: .r4, offset: 0, .register(random.pick(Self.data)))
            )
        }
        assembler.place(skip)
    }

    private mutating func memory(isMain: Bool) {
        let onStack = !isMain || random.chance(60)
        let (base, size) = onStack ? (Register.r10, Self.stackSize) : (.r6, Self.inputSize)
        let register = random.pick(Self.data)
        let place = { (random: inout SeededGenerator, count: Int) in
            Int16(random.number(below: size - count + 1) - (onStack ? Self.stackSize : 0))
        }
        switch random.number(below: 10) {
        case 0..<3:
            let size = random.pick(MemorySize.allCases)
            assembler.emit(.load(size, register, base: base, offset: place(&random, size.byteCount)))
        case 3:
            let size = random.pick(SignedMemorySize.allCases)
            assembler.emit(
                .loadSigned(size, register, base: base, offset: place(&random, size.memorySize.byteCount)))
        case 4:
            let width = random.pick(Width.allCases)
            let offset = place(&random, width.memorySize.byteCount)
            let operation = random.pick(AtomicOperation.allCases)
            assembler.emit(.atomic(operation, width, base: base, offset: offset, register))
        case 5:
            let size = random.pick(MemorySize.allCases)
            assembler.emit(
                .store(size, base: base, offset: place(&random, size.byteCount), .immediate(immediate())))
        default:
            let size = random.pick(MemorySize.allCases)
            assembler.emit(
                .store(size, base: base, offset: place(&random, size.byteCount), .register(register)))
        }
    }

    private mutating func compute() {
        let width = random.pick(Width.allCases)
        let target = random.pick(Self.data)
        switch random.number(below: 12) {
        case 0: assembler.emit(.negate(width, target))
        case 1:
            assembler.emit(
                .extendSign(random.pick(SignExtension.allCases), target, from: random.pick(Self.data)))
        case 2:
            assembler.emit(
                .orderBytes(random.pick(ByteOrder.allCases), random.pick(SwapWidth.allCases), target))
        default:
            assembler.emit(.arithmetic(random.pick(ArithmeticOperation.allCases), width, target, operand()))
        }
    }

    private mutating func operand() -> Operand {
        random.chance(50) ? .register(random.pick(Self.data)) : .immediate(immediate())
    }

    private mutating func immediate() -> Int32 {
        let corners: [Int32] = [0, 1, -1, 2, 7, 8, 31, 32, 63, 64, 255, 65535, .max, .min]
        return random.chance(60) ? random.pick(corners) : Int32(truncatingIfNeeded: random.next())
    }
}
