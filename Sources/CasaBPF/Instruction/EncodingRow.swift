/// One way to write an instruction: its opcode, and what each other field holds.
package struct EncodingRow: Hashable, Sendable {
    /// What a field holds.
    package enum Rule: Hashable, Sendable {
        /// An operand of the instruction.
        case operand
        /// Always this value: zero where the field is unused, otherwise a part of the opcode.
        case fixed(Int32)

        func admits(_ value: Int32) -> Bool {
            switch self {
            case .operand: true
            case .fixed(let fixed): value == fixed
            }
        }
    }

    package let operation: Operation
    package let opcode: UInt8
    package var destination = Rule.fixed(0)
    package var source = Rule.fixed(0)
    package var offset = Rule.fixed(0)
    package var immediate = Rule.fixed(0)
    /// The immediate of the second slot; absent where there is one slot only.
    package var next: Rule?
}

/// The low three bits of an opcode (RFC 9669, section 3.2).
enum OpcodeClass {
    static let loadImmediate: UInt8 = 0x00
    static let load: UInt8 = 0x01
    static let storeImmediate: UInt8 = 0x02
    static let store: UInt8 = 0x03
    static let arithmetic32: UInt8 = 0x04
    static let jump64: UInt8 = 0x05
    static let jump32: UInt8 = 0x06
    static let arithmetic64: UInt8 = 0x07
}

/// The high three bits of a load's or store's opcode (RFC 9669, section 5).
enum OpcodeMode {
    static let immediate: UInt8 = 0x00
    static let memory: UInt8 = 0x60
    static let signedMemory: UInt8 = 0x80
    static let atomic: UInt8 = 0xC0
}

extension OperandKind {
    /// The source bit of arithmetic and jump opcodes.
    var opcodeBit: UInt8 {
        switch self {
        case .immediate: 0x00
        case .register: 0x08
        }
    }
}

extension Width {
    var arithmeticClass: UInt8 {
        switch self {
        case .bits32: OpcodeClass.arithmetic32
        case .bits64: OpcodeClass.arithmetic64
        }
    }

    var jumpClass: UInt8 {
        switch self {
        case .bits32: OpcodeClass.jump32
        case .bits64: OpcodeClass.jump64
        }
    }
}

extension MemorySize {
    var opcodeBits: UInt8 {
        switch self {
        case .word: 0x00
        case .half: 0x08
        case .byte: 0x10
        case .double: 0x18
        }
    }
}

extension Condition {
    /// The high four bits of a branch's opcode.
    var opcodeBits: UInt8 {
        switch self {
        case .equal: 0x10
        case .greater: 0x20
        case .greaterOrEqual: 0x30
        case .anyBit: 0x40
        case .notEqual: 0x50
        case .signedGreater: 0x60
        case .signedGreaterOrEqual: 0x70
        case .less: 0xA0
        case .lessOrEqual: 0xB0
        case .signedLess: 0xC0
        case .signedLessOrEqual: 0xD0
        }
    }
}

extension ArithmeticOperation {
    /// The high four bits of the opcode, and the offset that tells a signed division from an unsigned one.
    var opcode: (bits: UInt8, offset: Int32) {
        switch self {
        case .add: (0x00, 0)
        case .subtract: (0x10, 0)
        case .multiply: (0x20, 0)
        case .divide: (0x30, 0)
        case .signedDivide: (0x30, 1)
        case .or: (0x40, 0)
        case .and: (0x50, 0)
        case .shiftLeft: (0x60, 0)
        case .shiftRight: (0x70, 0)
        case .modulo: (0x90, 0)
        case .signedModulo: (0x90, 1)
        case .exclusiveOr: (0xA0, 0)
        case .move: (0xB0, 0)
        case .signedShiftRight: (0xC0, 0)
        }
    }
}

extension AtomicOperation {
    /// What the immediate of an atomic instruction says.
    var immediate: Int32 {
        switch self {
        case .add: 0x00
        case .fetchAdd: 0x01
        case .or: 0x40
        case .fetchOr: 0x41
        case .and: 0x50
        case .fetchAnd: 0x51
        case .exclusiveOr: 0xA0
        case .fetchExclusiveOr: 0xA1
        case .exchange: 0xE1
        case .compareExchange: 0xF1
        }
    }
}

extension ByteOrder {
    /// Class, operation and source bit: a swap is a 64-bit operation, the others are 32-bit ones.
    var opcode: UInt8 {
        switch self {
        case .toLittleEndian: OpcodeClass.arithmetic32 | 0xD0
        case .toBigEndian: OpcodeClass.arithmetic32 | 0xD8
        case .swap: OpcodeClass.arithmetic64 | 0xD0
        }
    }
}

extension ImmediateKind {
    /// What the source field of a wide load says.
    var sourceField: Int32 {
        switch self {
        case .value: 0
        case .map: 1
        case .mapValue: 2
        case .variable: 3
        case .function: 4
        case .mapByIndex: 5
        case .mapValueByIndex: 6
        }
    }

    /// Whether the second slot carries bits; otherwise they must be zero.
    var usesNext: Bool {
        switch self {
        case .value, .mapValue, .mapValueByIndex: true
        case .map, .variable, .function, .mapByIndex: false
        }
    }
}
