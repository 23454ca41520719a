extension ConcreteDomain {
    @inline(__always)
    package func apply(_ operation: BitOperation, _ width: Width, _ left: UInt64, _ right: UInt64) -> UInt64 {
        switch width {
        case .bits32:
            UInt64(
                Self.apply(
                    operation, UInt32(truncatingIfNeeded: left), UInt32(truncatingIfNeeded: right),
                    signed: Int32.self))
        case .bits64:
            Self.apply(operation, left, right, signed: Int64.self)
        }
    }

    @inline(__always)
    private static func apply<
        Bits: FixedWidthInteger & UnsignedInteger, Signed: FixedWidthInteger & SignedInteger
    >(
        _ operation: BitOperation, _ left: Bits, _ right: Bits, signed: Signed.Type
    ) -> Bits {
        switch operation {
        case .add: left &+ right
        case .subtract: left &- right
        case .multiply: left &* right
        case .unsignedDivide: right == 0 ? 0 : left / right
        case .unsignedRemainder: right == 0 ? 0 : left % right
        case .signedDivide:
            Bits(
                truncatingIfNeeded: Signed(truncatingIfNeeded: left)
                    .dividedReportingOverflow(by: Signed(truncatingIfNeeded: right)).partialValue)
        case .signedRemainder:
            Bits(
                truncatingIfNeeded: Signed(truncatingIfNeeded: left)
                    .remainderReportingOverflow(dividingBy: Signed(truncatingIfNeeded: right)).partialValue)
        case .and: left & right
        case .or: left | right
        case .exclusiveOr: left ^ right
        case .shiftLeft: left &<< right
        case .shiftRight: left &>> right
        case .signedShiftRight:
            Bits(
                truncatingIfNeeded: Signed(truncatingIfNeeded: left) &>> Signed(truncatingIfNeeded: right))
        }
    }

    @inline(__always)
    package func compare(_ relation: BitRelation, _ width: Width, _ left: UInt64, _ right: UInt64) -> Bool {
        switch width {
        case .bits32:
            Self.compare(
                relation, UInt32(truncatingIfNeeded: left), UInt32(truncatingIfNeeded: right),
                signed: Int32.self)
        case .bits64:
            Self.compare(relation, left, right, signed: Int64.self)
        }
    }

    @inline(__always)
    private static func compare<
        Bits: FixedWidthInteger & UnsignedInteger, Signed: FixedWidthInteger & SignedInteger
    >(
        _ relation: BitRelation, _ left: Bits, _ right: Bits, signed: Signed.Type
    ) -> Bool {
        switch relation {
        case .equal: left == right
        case .unsignedLess: left < right
        case .unsignedLessOrEqual: left <= right
        case .signedLess: Signed(truncatingIfNeeded: left) < Signed(truncatingIfNeeded: right)
        case .signedLessOrEqual: Signed(truncatingIfNeeded: left) <= Signed(truncatingIfNeeded: right)
        }
    }

    @inline(__always)
    package func not(_ truth: Bool) -> Bool { !truth }

    @inline(__always)
    package func select(_ truth: Bool, _ left: UInt64, _ right: UInt64) -> UInt64 { truth ? left : right }

    @inline(__always)
    package func truncate(_ word: UInt64, to size: MemorySize) -> UInt64 {
        switch size {
        case .byte: UInt64(UInt8(truncatingIfNeeded: word))
        case .half: UInt64(UInt16(truncatingIfNeeded: word))
        case .word: UInt64(UInt32(truncatingIfNeeded: word))
        case .double: word
        }
    }

    @inline(__always)
    package func extendSign(_ word: UInt64, from size: SignedMemorySize, to width: Width) -> UInt64 {
        let extended =
            switch size {
            case .byte: Int64(Int8(truncatingIfNeeded: word))
            case .half: Int64(Int16(truncatingIfNeeded: word))
            case .word: Int64(Int32(truncatingIfNeeded: word))
            }
        return truncate(UInt64(bitPattern: extended), to: width.memorySize)
    }

    @inline(__always)
    package func reverseBytes(_ word: UInt64, _ size: MemorySize) -> UInt64 {
        switch size {
        case .byte: UInt64(UInt8(truncatingIfNeeded: word))
        case .half: UInt64(UInt16(truncatingIfNeeded: word).byteSwapped)
        case .word: UInt64(UInt32(truncatingIfNeeded: word).byteSwapped)
        case .double: word.byteSwapped
        }
    }
}
