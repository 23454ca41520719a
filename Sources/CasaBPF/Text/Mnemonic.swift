/// The words that the assembly of the conformance suite has for operations.
enum Mnemonic {
    static let arithmetic: [Substring: ArithmeticOperation] = [
        "add": .add, "sub": .subtract, "mul": .multiply, "div": .divide, "sdiv": .signedDivide, "or": .or,
        "and": .and, "lsh": .shiftLeft, "rsh": .shiftRight, "mod": .modulo, "smod": .signedModulo,
        "xor": .exclusiveOr, "mov": .move, "arsh": .signedShiftRight,
    ]

    static let signExtensions: [Substring: SignExtension] = [
        "movsx832": .byteToWord, "movsx1632": .halfToWord, "movsx864": .byteToDouble,
        "movsx1664": .halfToDouble, "movsx3264": .wordToDouble,
    ]

    static let byteOrders: [Substring: ByteOrder] = [
        "le": .toLittleEndian, "be": .toBigEndian, "swap": .swap, "bswap": .swap,
    ]

    static let loads: [Substring: MemorySize] = [
        "ldxb": .byte, "ldxh": .half, "ldxw": .word, "ldxdw": .double,
    ]

    static let signedLoads: [Substring: SignedMemorySize] = ["ldxsb": .byte, "ldxsh": .half, "ldxsw": .word]

    static let immediateStores: [Substring: MemorySize] = [
        "stb": .byte, "sth": .half, "stw": .word, "stdw": .double,
    ]

    static let registerStores: [Substring: MemorySize] = [
        "stxb": .byte, "stxh": .half, "stxw": .word, "stxdw": .double,
    ]

    static let conditions: [Substring: Condition] = [
        "jeq": .equal, "jgt": .greater, "jge": .greaterOrEqual, "jset": .anyBit, "jne": .notEqual,
        "jsgt": .signedGreater, "jsge": .signedGreaterOrEqual, "jlt": .less, "jle": .lessOrEqual,
        "jslt": .signedLess, "jsle": .signedLessOrEqual,
    ]

    static let atomics: [Substring: AtomicOperation] = [
        "add": .add, "or": .or, "and": .and, "xor": .exclusiveOr, "xchg": .exchange,
        "cmpxchg": .compareExchange,
    ]

    static let fetchingAtomics: [Substring: AtomicOperation] = [
        "add": .fetchAdd, "or": .fetchOr, "and": .fetchAnd, "xor": .fetchExclusiveOr, "xchg": .exchange,
        "cmpxchg": .compareExchange,
    ]

    /// A word without its width; no width means 64 bits.
    static func split(_ word: Substring) -> (stem: Substring, width: Width) {
        if word.hasSuffix("32") { return (word.dropLast(2), .bits32) }
        if word.hasSuffix("64") { return (word.dropLast(2), .bits64) }
        return (word, .bits64)
    }

    /// `be16`, `swap64`: a change of byte order and its width.
    static func byteOrder(_ word: Substring) -> (ByteOrder, SwapWidth)? {
        guard let order = byteOrders[word.dropLast(2)], let bits = UInt8(word.suffix(2)),
            let width = SwapWidth(rawValue: bits)
        else { return nil }
        return (order, width)
    }
}
