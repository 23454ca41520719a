extension Domain {
    /// What an arithmetic instruction computes (RFC 9669, section 4.1).
    @inline(__always)
    func arithmetic(_ operation: ArithmeticOperation, _ width: Width, _ left: Word, _ right: Word) -> Word {
        switch operation {
        case .add: apply(.add, width, left, right)
        case .subtract: apply(.subtract, width, left, right)
        case .multiply: apply(.multiply, width, left, right)
        case .divide:
            select(isZero(width, right), constant(0), apply(.unsignedDivide, width, left, right))
        case .signedDivide:
            select(isZero(width, right), constant(0), apply(.signedDivide, width, left, right))
        case .modulo:
            select(
                isZero(width, right), truncate(left, to: width.memorySize),
                apply(.unsignedRemainder, width, left, right))
        case .signedModulo:
            select(
                isZero(width, right), truncate(left, to: width.memorySize),
                apply(.signedRemainder, width, left, right))
        case .or: apply(.or, width, left, right)
        case .and: apply(.and, width, left, right)
        case .exclusiveOr: apply(.exclusiveOr, width, left, right)
        case .shiftLeft: apply(.shiftLeft, width, left, shiftAmount(width, right))
        case .shiftRight: apply(.shiftRight, width, left, shiftAmount(width, right))
        case .signedShiftRight: apply(.signedShiftRight, width, left, shiftAmount(width, right))
        case .move: truncate(right, to: width.memorySize)
        }
    }

    /// What a change of byte order yields on a little-endian machine (RFC 9669, section 4.2).
    @inline(__always)
    func orderBytes(_ order: ByteOrder, _ width: SwapWidth, _ word: Word) -> Word {
        switch order {
        case .toLittleEndian: truncate(word, to: width.memorySize)
        case .toBigEndian, .swap: reverseBytes(word, width.memorySize)
        }
    }

    /// Whether a branch is taken (RFC 9669, section 4.3).
    @inline(__always)
    func holds(_ condition: Condition, _ width: Width, _ left: Word, _ right: Word) -> Truth {
        switch condition {
        case .equal: compare(.equal, width, left, right)
        case .notEqual: not(compare(.equal, width, left, right))
        case .anyBit: not(isZero(width, apply(.and, width, left, right)))
        case .less: compare(.unsignedLess, width, left, right)
        case .lessOrEqual: compare(.unsignedLessOrEqual, width, left, right)
        case .greater: compare(.unsignedLess, width, right, left)
        case .greaterOrEqual: compare(.unsignedLessOrEqual, width, right, left)
        case .signedLess: compare(.signedLess, width, left, right)
        case .signedLessOrEqual: compare(.signedLessOrEqual, width, left, right)
        case .signedGreater: compare(.signedLess, width, right, left)
        case .signedGreaterOrEqual: compare(.signedLessOrEqual, width, right, left)
        }
    }

    @inline(__always)
    private func isZero(_ width: Width, _ word: Word) -> Truth {
        compare(.equal, width, word, constant(0))
    }

    /// Shifts take their distance modulo the width.
    @inline(__always)
    private func shiftAmount(_ width: Width, _ word: Word) -> Word {
        apply(.and, width, word, constant(UInt64(width.rawValue) - 1))
    }
}
