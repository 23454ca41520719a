/// How many bits an operation works on.
///
/// A 32-bit operation reads the low halves and clears the upper half of what it writes.
package enum Width: UInt8, CaseIterable, Hashable, Sendable {
    case bits32 = 32
    case bits64 = 64

    package var memorySize: MemorySize {
        switch self {
        case .bits32: .word
        case .bits64: .double
        }
    }
}

/// How many bytes a load or a store moves.
package enum MemorySize: UInt8, CaseIterable, Hashable, Sendable {
    case byte = 1
    case half = 2
    case word = 4
    case double = 8

    package var byteCount: Int { Int(rawValue) }
    package var bitCount: Int { Int(rawValue) * 8 }
}

/// How many bytes a sign-extending load moves; eight would extend nothing.
package enum SignedMemorySize: UInt8, CaseIterable, Hashable, Sendable {
    case byte = 1
    case half = 2
    case word = 4

    package var memorySize: MemorySize {
        switch self {
        case .byte: .byte
        case .half: .half
        case .word: .word
        }
    }
}
