import CasaBPF
import CasaTestSupport

/// Programs that the verifier takes: computations, branches, loops, calls, the stack, and the value of a map.
///
/// `r0` to `r4` hold numbers throughout, `r6` the address of the value; whatever else a statement needs, it makes.
/// Everything that was computed is folded into the result, or stands in the map afterwards.
struct RandomProgram {
    /// The one map, by its descriptor in the kernel.
    static let valueBytes = 64
    static let stackBytes = 64

    var random: SeededGenerator
    var assembler = Assembler()
    /// In functions `r6` points at the stack of the caller.
    private(set) var isInFunction = false
    private let map: MapReference

    init(seed: UInt64, map descriptor: Int32) {
        random = SeededGenerator(seed: seed)
        map = .descriptor(descriptor)
    }

    static let numbers: [Register] = [.r0, .r1, .r2, .r3, .r4]

    mutating func generate() throws -> Program {
        let functions = (0..<random.number(below: 3)).map { _ in assembler.label() }
        let end = assembler.label()
        findValue(orGoTo: end)
        for register in Self.numbers { assembler.emit(.loadImmediate64(register, .value(word()))) }
        fillStack()
        for _ in 0..<6 + random.number(below: 30) { statement(calling: functions) }
        // The verifier wants every function to be called.
        for function in functions { call(function) }
        fold()
        assembler.place(end)
        assembler.emit(.exit)
        isInFunction = true
        for function in functions { self.function(function) }
        return try Program(decoding: assembler.finish().slots)
    }

    /// The address of the map's value, as programs find it in one way or the other.
    private mutating func findValue(orGoTo end: Assembler.Label) {
        guard random.chance(50) else {
            let offset = UInt32(random.number(below: 2) * 8)
            assembler.emit(.loadImmediate64(.r6, .mapValue(map, offset: offset)))
            if offset != 0 { assembler.emit(.arithmetic(.add, .bits64, .r6, .immediate(-Int32(offset)))) }
            return
        }
        assembler.emit(.store(.word, base: .r10, offset: -4, 0))
        assembler.emit(.arithmetic(.move, .bits64, .r2, .register(.r10)))
        assembler.emit(.arithmetic(.add, .bits64, .r2, -4))
        assembler.emit(.loadImmediate64(.r1, .map(map)))
        assembler.emit(.call(.helper(KernelHelper.mapLookupElem.rawValue)))
        assembler.branch(.equal, .bits64, .r0, 0, to: end)
        assembler.emit(.arithmetic(.move, .bits64, .r6, .register(.r0)))
    }

    private mutating func fillStack() {
        for offset in stride(from: Int16(-8), through: -Int16(Self.stackBytes), by: -8) {
            assembler.emit(.store(.double, base: .r10, offset: offset, operand(immediate())))
        }
    }

    // MARK: Statements

    private mutating func statement(calling functions: [Assembler.Label]) {
        switch random.number(below: 14) {
        case 0...1: choice()
        case 2: loop()
        case 3: alternatives()
        case 4 where !functions.isEmpty: call(random.pick(functions))
        case 5...8: access()
        default: assembler.emit(computation())
        }
    }

    /// What neither jumps nor calls.
    private mutating func straight(_ limit: Int) {
        for _ in 0...random.number(below: limit) {
            if random.chance(40) { access() } else { assembler.emit(computation()) }
        }
    }

    private mutating func condition(to label: Assembler.Label) {
        assembler.branch(
            random.pick(Condition.allCases), random.pick(Width.allCases), random.pick(Self.numbers),
            operand(immediate()), to: label)
    }

    private mutating func choice() {
        let label = assembler.label()
        condition(to: label)
        straight(4)
        assembler.place(label)
    }

    private mutating func alternatives() {
        let (other, end) = (assembler.label(), assembler.label())
        condition(to: other)
        straight(3)
        if random.chance(80) { assembler.jump(to: end) } else { assembler.jumpFar(to: end) }
        assembler.place(other)
        straight(3)
        assembler.place(end)
    }

    /// Jumps back, as often as a number says that is known.
    private mutating func loop() {
        let start = assembler.label()
        assembler.emit(.arithmetic(.move, .bits64, .r7, .immediate(Int32(1 + random.number(below: 3)))))
        assembler.place(start)
        straight(3)
        assembler.emit(.arithmetic(.add, .bits64, .r7, -1))
        assembler.branch(.notEqual, random.pick(Width.allCases), .r7, 0, to: start)
    }

    // MARK: Calls

    /// Passes four numbers and the stack; of the numbers two outlive the call in registers, one on the stack.
    private mutating func call(_ function: Assembler.Label) {
        assembler.emit(.arithmetic(.move, .bits64, .r8, .register(.r1)))
        assembler.emit(.arithmetic(.move, .bits64, .r9, .register(.r2)))
        assembler.emit(.arithmetic(.move, .bits64, .r5, .register(.r10)))
        assembler.emit(.arithmetic(.add, .bits64, .r5, .immediate(-Int32(Self.stackBytes))))
        assembler.call(function)
        assembler.emit(.arithmetic(.move, .bits64, .r1, .register(.r8)))
        assembler.emit(.arithmetic(.move, .bits64, .r2, .register(.r9)))
        assembler.emit(.load(.double, .r3, base: .r10, offset: -8))
        assembler.emit(.loadImmediate64(.r4, .value(word())))
    }

    /// A function that reads and writes its caller's stack beside its own.
    private mutating func function(_ label: Assembler.Label) {
        assembler.place(label)
        assembler.emit(.arithmetic(.move, .bits64, .r0, .register(.r4)))
        assembler.emit(.arithmetic(.move, .bits64, .r6, .register(.r5)))
        fillStack()
        straight(6)
        choice()
        assembler.emit(.exit)
    }

    /// A test run returns 32 bits only, and all of the numbers and the stack are to count.
    private mutating func fold() {
        for register in Self.numbers.dropFirst() { fold(register) }
        for offset in stride(from: Int16(-8), through: -Int16(Self.stackBytes), by: -8) {
            assembler.emit(.load(.double, .r1, base: .r10, offset: offset))
            fold(.r1)
        }
        assembler.emit(.arithmetic(.move, .bits64, .r5, .register(.r0)))
        assembler.emit(.arithmetic(.shiftRight, .bits64, .r5, 32))
        assembler.emit(.arithmetic(.exclusiveOr, .bits64, .r0, .register(.r5)))
    }

    private mutating func fold(_ register: Register) {
        assembler.emit(.loadImmediate64(.r5, .value(0x9E37_79B9_7F4A_7C15)))
        assembler.emit(.arithmetic(.multiply, .bits64, .r0, .register(.r5)))
        assembler.emit(.arithmetic(.exclusiveOr, .bits64, .r0, .register(register)))
    }
}
