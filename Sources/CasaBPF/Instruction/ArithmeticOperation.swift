/// An operation of two operands, the first of which is also the destination (RFC 9669, section 4.1).
package enum ArithmeticOperation: CaseIterable, Hashable, Sendable {
    case add
    case subtract
    case multiply
    case divide
    case signedDivide
    case or
    case and
    case shiftLeft
    case shiftRight
    case modulo
    case signedModulo
    case exclusiveOr
    case move
    case signedShiftRight
}

/// A move that extends a sign (MOVSX): what is read, and the width of what is written.
///
/// Extending 32 bits to 32 is not an instruction, so the five forms are listed.
package enum SignExtension: CaseIterable, Hashable, Sendable {
    case byteToWord
    case halfToWord
    case byteToDouble
    case halfToDouble
    case wordToDouble

    package var source: SignedMemorySize {
        switch self {
        case .byteToWord, .byteToDouble: .byte
        case .halfToWord, .halfToDouble: .half
        case .wordToDouble: .word
        }
    }

    package var width: Width {
        switch self {
        case .byteToWord, .halfToWord: .bits32
        case .byteToDouble, .halfToDouble, .wordToDouble: .bits64
        }
    }
}

/// What is done with the bytes of a register (RFC 9669, section 4.2).
package enum ByteOrder: CaseIterable, Hashable, Sendable {
    case toLittleEndian
    case toBigEndian
    case swap
}

/// How many low bits a change of byte order keeps; the rest become zero.
package enum SwapWidth: UInt8, CaseIterable, Hashable, Sendable {
    case bits16 = 16
    case bits32 = 32
    case bits64 = 64

    package var memorySize: MemorySize {
        switch self {
        case .bits16: .half
        case .bits32: .word
        case .bits64: .double
        }
    }
}
