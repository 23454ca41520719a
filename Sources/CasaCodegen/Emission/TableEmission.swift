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

    // Registers of the caller only: saving others would cost more than they are worth.
    private static let key = Register.r3
    private static let port = Register.r2

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
        assembler.loadMapValue(Self.key, symbol: PolicySymbols.subject, tag: Self.search)
        emit(.load(.word, Self.key, base: Self.key, offset: 0))
        branch(.equal, .bits64, Self.key, 0, to: miss)
        branch(.greater, .bits64, Self.key, 0xFFFF, to: miss)

        // subject << 48 | direction << 31 | protocol << 24 | port, and last the class, which is known last.
        emit(.arithmetic(.shiftLeft, .bits64, Self.key, 48))
        emit(.arithmetic(.move, .bits64, .r4, .register(.r2)))
        emit(.arithmetic(.and, .bits64, .r4, 0x100_0000))
        emit(.arithmetic(.shiftLeft, .bits64, .r4, 7))
        emit(.arithmetic(.or, .bits64, Self.key, .register(.r4)))
        emit(.arithmetic(.move, .bits64, .r4, .register(.r2)))
        emit(.arithmetic(.and, .bits64, .r4, 0x7F_0000))
        emit(.arithmetic(.shiftLeft, .bits64, .r4, 8))
        emit(.arithmetic(.or, .bits64, Self.key, .register(.r4)))
        emit(.arithmetic(.and, .bits64, Self.port, 0xFFFF))
        emit(.arithmetic(.or, .bits64, Self.key, .register(Self.port)))
        emit(.arithmetic(.shiftLeft, .bits64, .r1, 32))
        emit(.arithmetic(.or, .bits64, Self.key, .register(.r1)))
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
        // The piece takes the place of the port.
        emit(.load(.half, .r4, base: .r10, offset: Self.pieceOffset))
        emit(.arithmetic(.or, .bits64, .r4, 0x1_0000))
        emit(.arithmetic(.shiftRight, .bits64, Self.key, 16))
        emit(.arithmetic(.shiftLeft, .bits64, Self.key, 16))
        emit(.arithmetic(.or, .bits64, Self.key, .register(.r4)))
        emitProbe(otherwise: miss)
    }

    /// Answers the word of the key, or goes on elsewhere if the one slot that can hold it holds another.
    private mutating func emitProbe(otherwise other: Assembler.Label) {
        // r4: the hash.
        load(.r4, table.seed)
        emit(.arithmetic(.exclusiveOr, .bits64, .r4, .register(Self.key)))
        multiply(.r4, by: TableHash.first)
        // r0: the bucket, then its displacement.
        emit(.arithmetic(.move, .bits64, .r0, .register(.r4)))
        scale(.r0, to: table.bucketCount)
        emit(.arithmetic(.shiftLeft, .bits64, .r0, 1))
        address(.r5, of: table.displacementOffset, plus: .r0)
        emit(.load(.half, .r0, base: .r5, offset: 0))
        // The fold of the hash, while memory answers.
        emit(.arithmetic(.move, .bits64, .r5, .register(.r4)))
        emit(.arithmetic(.shiftRight, .bits64, .r5, .immediate(TableHash.foldShift)))
        emit(.arithmetic(.exclusiveOr, .bits64, .r4, .register(.r5)))
        // r0: the slot.
        emit(.arithmetic(.exclusiveOr, .bits64, .r0, .register(.r4)))
        multiply(.r0, by: TableHash.final)
        scale(.r0, to: table.slotCount)
        emit(.arithmetic(.shiftLeft, .bits64, .r0, 2))
        emit(.arithmetic(.move, .bits64, .r5, .register(.r0)))
        emit(.arithmetic(.shiftLeft, .bits64, .r5, 1))
        address(.r4, of: table.keyOffset, plus: .r5)
        emit(.load(.double, .r4, base: .r4, offset: 0))
        branch(.notEqual, .bits64, .r4, .register(Self.key), to: other)
        address(.r4, of: table.wordOffset, plus: .r0)
        emit(.load(.word, .r0, base: .r4, offset: 0))
        emit(.exit)
    }

    private mutating func load(_ register: Register, _ value: UInt64) {
        emit(.loadImmediate64(register, .value(value)))
    }

    private mutating func multiply(_ register: Register, by factor: UInt64) {
        load(.r5, factor)
        emit(.arithmetic(.multiply, .bits64, register, .register(.r5)))
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
