internal import CasaBPF
internal import CasaBundle

/// Emits `casa_verdict` as probes of the decision table: for the exact port, and if some rule of the
/// namespace names a port range, for the piece of all ranges that the port lies in.
///
/// A product `(h >> 32) * n >> 32` is visibly below `n` to the kernel's verifier, from 5.8 on, so no access
/// needs a check of its own.
struct TableEmission {
    private static let search = Provenance.search.tag
    private static let highestQuestion: Int32 = 0x1FF_FFFF
    /// Protocols have seven bits in a key.
    private static let upperProtocols: Int32 = 0x80_0000

    // Registers that hold a value throughout.
    private static let base = Register.r6
    private static let key = Register.r7
    private static let port = Register.r8

    /// Where the number of a piece waits: not a place of eight aligned bytes, so that the verifier forgets
    /// which piece it is and follows the second probe once, not once for each piece.
    private static let pieceOffset: Int16 = -6

    private let table: DecisionTable
    private var assembler = Assembler()
    private let miss: Assembler.Label

    static func emit(_ table: DecisionTable, pieces: StepFunction<Int?>) throws(AssemblyError)
        -> AssembledCode
    {
        var emission = TableEmission(table)
        emission.emitKey()
        if pieces == StepFunction(nil) {
            emission.emitProbe(otherwise: emission.miss)
        } else {
            let ranges = emission.assembler.label()
            emission.emitProbe(otherwise: ranges)
            emission.emitPieces(pieces, from: ranges)
        }
        emission.assembler.place(emission.miss)
        emission.assembler.emit(.arithmetic(.move, .bits32, .r0, 0), tag: Provenance.noRule.tag)
        emission.assembler.emit(.exit, tag: Provenance.noRule.tag)
        return try emission.assembler.finish()
    }

    private init(_ table: DecisionTable) {
        self.table = table
        assembler.function(PolicySymbols.verdict)
        miss = assembler.label()
    }

    /// Refuses what no key stands for, and puts the rest of the question together.
    private mutating func emitKey() {
        emit(.arithmetic(.move, .bits32, .r1, .register(.r1)))
        emit(.arithmetic(.move, .bits32, .r2, .register(.r2)))
        branch(.greater, .bits64, .r1, 0xFFFF, to: miss)
        branch(.equal, .bits64, .r1, 0, to: miss)
        branch(.greater, .bits64, .r2, .immediate(Self.highestQuestion), to: miss)
        branch(.anyBit, .bits64, .r2, .immediate(Self.upperProtocols), to: miss)
        assembler.loadMapValue(Self.base, symbol: PolicySymbols.subject, tag: Self.search)
        emit(.load(.word, Self.base, base: Self.base, offset: 0))
        branch(.equal, .bits64, Self.base, 0, to: miss)
        branch(.greater, .bits64, Self.base, 0xFFFF, to: miss)

        // subject << 48 | class << 32 | direction << 31 | protocol << 24
        emit(.arithmetic(.shiftLeft, .bits64, Self.base, 16))
        emit(.arithmetic(.or, .bits64, Self.base, .register(.r1)))
        emit(.arithmetic(.shiftLeft, .bits64, Self.base, 32))
        emit(.arithmetic(.move, .bits64, .r3, .register(.r2)))
        emit(.arithmetic(.and, .bits64, .r3, 0x100_0000))
        emit(.arithmetic(.shiftLeft, .bits64, .r3, 7))
        emit(.arithmetic(.or, .bits64, Self.base, .register(.r3)))
        emit(.arithmetic(.move, .bits64, .r3, .register(.r2)))
        emit(.arithmetic(.and, .bits64, .r3, 0x7F_0000))
        emit(.arithmetic(.shiftLeft, .bits64, .r3, 8))
        emit(.arithmetic(.or, .bits64, Self.base, .register(.r3)))
        emit(.arithmetic(.move, .bits64, Self.port, .register(.r2)))
        emit(.arithmetic(.and, .bits64, Self.port, 0xFFFF))
        emit(.arithmetic(.move, .bits64, Self.key, .register(Self.base)))
        emit(.arithmetic(.or, .bits64, Self.key, .register(Self.port)))
    }

    /// From the port to the number of its piece, and the probe for that.
    private mutating func emitPieces(_ pieces: StepFunction<Int?>, from start: Assembler.Label) {
        let found = assembler.label()
        let miss = miss
        assembler.place(start)
        BalancedSearch(register: Self.port, width: .bits32, scratch: .r1).emit(pieces, into: &assembler) {
            piece, assembler in
            guard let piece else {
                assembler.jump(to: miss, tag: Self.search)
                return
            }
            assembler.emit(
                .store(.half, base: .r10, offset: Self.pieceOffset, .immediate(Int32(piece))),
                tag: Self.search)
            assembler.jump(to: found, tag: Self.search)
        }
        assembler.place(found)
        emit(.load(.half, Self.key, base: .r10, offset: Self.pieceOffset))
        emit(.arithmetic(.or, .bits64, Self.key, 0x1_0000))
        emit(.arithmetic(.or, .bits64, Self.key, .register(Self.base)))
        emitProbe(otherwise: miss)
    }

    /// Answers the word of the key, or goes on elsewhere if the one slot that can hold it holds another.
    private mutating func emitProbe(otherwise other: Assembler.Label) {
        // r1: the hash.
        load(.r1, table.seed)
        emit(.arithmetic(.exclusiveOr, .bits64, .r1, .register(Self.key)))
        multiply(.r1, by: TableHash.first)
        foldHalves(.r1)
        multiply(.r1, by: TableHash.second)
        foldHalves(.r1)
        // r2: the bucket, then its displacement.
        emit(.arithmetic(.move, .bits64, .r2, .register(.r1)))
        scale(.r2, to: table.bucketCount)
        emit(.arithmetic(.shiftLeft, .bits64, .r2, 1))
        address(.r3, of: table.displacementOffset, plus: .r2)
        emit(.load(.half, .r2, base: .r3, offset: 0))
        // r2: the slot.
        multiply(.r2, by: TableHash.spread)
        emit(.arithmetic(.exclusiveOr, .bits64, .r2, .register(.r1)))
        multiply(.r2, by: TableHash.final)
        scale(.r2, to: table.slotCount)
        emit(.arithmetic(.shiftLeft, .bits64, .r2, 2))
        emit(.arithmetic(.move, .bits64, .r4, .register(.r2)))
        emit(.arithmetic(.shiftLeft, .bits64, .r4, 1))
        address(.r3, of: table.keyOffset, plus: .r4)
        emit(.load(.double, .r3, base: .r3, offset: 0))
        branch(.notEqual, .bits64, .r3, .register(Self.key), to: other)
        address(.r3, of: table.wordOffset, plus: .r2)
        emit(.load(.word, .r0, base: .r3, offset: 0))
        emit(.exit)
    }

    private mutating func load(_ register: Register, _ value: UInt64) {
        emit(.loadImmediate64(register, .value(value)))
    }

    private mutating func multiply(_ register: Register, by factor: UInt64) {
        load(.r5, factor)
        emit(.arithmetic(.multiply, .bits64, register, .register(.r5)))
    }

    /// Adds the upper half of a register to its lower half, without carries.
    private mutating func foldHalves(_ register: Register) {
        emit(.arithmetic(.move, .bits64, .r5, .register(register)))
        emit(.arithmetic(.shiftRight, .bits64, .r5, 32))
        emit(.arithmetic(.exclusiveOr, .bits64, register, .register(.r5)))
    }

    /// The upper half of a register as a part of `count`.
    private mutating func scale(_ register: Register, to count: Int) {
        emit(.arithmetic(.shiftRight, .bits64, register, 32))
        emit(.arithmetic(.multiply, .bits64, register, .immediate(Int32(count))))
        emit(.arithmetic(.shiftRight, .bits64, register, 32))
    }

    private mutating func address(_ register: Register, of offset: Int, plus index: Register) {
        assembler.loadMapValue(
            register, symbol: PolicySymbols.decisions, addend: Int32(offset), tag: Self.search)
        emit(.arithmetic(.add, .bits64, register, .register(index)))
    }

    private mutating func emit(_ instruction: Instruction) {
        assembler.emit(instruction, tag: Self.search)
    }

    private mutating func branch(
        _ condition: Condition, _ width: Width, _ left: Register, _ right: Operand, to label: Assembler.Label
    ) {
        assembler.branch(condition, width, left, right, to: label, tag: Self.search)
    }
}
