package import CasaBPF
package import CasaSMT

/// The domain of terms: what a processor would compute for every input at once.
///
/// The meaning of instructions is the interpreter's own, ``MachineState/execute(_:in:)``; here are only its operations.
package struct SymbolicDomain: Domain {
    package typealias Word = BitVector
    package typealias Truth = Boolean
    package typealias Memory = SymbolicMemory

    package let world: SymbolicWorld

    package init(_ world: SymbolicWorld) {
        self.world = world
    }

    package func constant(_ value: UInt64) -> BitVector { world.constant(value) }

    package func apply(
        _ operation: BitOperation, _ width: Width, _ left: BitVector, _ right: BitVector
    ) -> BitVector {
        switch width {
        case .bits64: left.apply(operation.ofTerms, right)
        case .bits32:
            left.truncated(to: 32).apply(operation.ofTerms, right.truncated(to: 32)).zeroExtended(to: 64)
        }
    }

    package func compare(
        _ relation: BitRelation, _ width: Width, _ left: BitVector, _ right: BitVector
    ) -> Boolean {
        let (left, right) =
            width == .bits32 ? (left.truncated(to: 32), right.truncated(to: 32)) : (left, right)
        return switch relation {
        case .equal: left.equals(right)
        case .unsignedLess: left.isLess(than: right)
        case .unsignedLessOrEqual: left.isAtMost(right)
        case .signedLess: left.isSignedLess(than: right)
        case .signedLessOrEqual: left.isSignedAtMost(right)
        }
    }

    package func not(_ truth: Boolean) -> Boolean { !truth }

    package func select(_ truth: Boolean, _ left: BitVector, _ right: BitVector) -> BitVector {
        truth.select(left, else: right)
    }

    package func truncate(_ word: BitVector, to size: MemorySize) -> BitVector {
        size == .double ? word : word.truncated(to: size.byteCount * 8).zeroExtended(to: 64)
    }

    package func extendSign(
        _ word: BitVector, from size: SignedMemorySize, to width: Width
    ) -> BitVector {
        let extended = word.truncated(to: size.memorySize.byteCount * 8)
            .signExtended(to: width == .bits32 ? 32 : 64)
        return extended.zeroExtended(to: 64)
    }

    package func reverseBytes(_ word: BitVector, _ size: MemorySize) -> BitVector {
        word.truncated(to: size.byteCount * 8).reversedBytes().zeroExtended(to: 64)
    }

    // MARK: Memory and calls

    package func address(
        of source: ImmediateSource, function: Int, in memory: inout SymbolicMemory
    ) throws(Trap) -> BitVector {
        switch source {
        case .value(let value): return constant(value)
        case .map(.descriptor(let number)): return constant(SymbolicWorld.handle(ofMap: number))
        case .mapValue(.descriptor(let number), offset: let offset):
            guard let region = world.valueRegions[number] else { throw .unknownMap(.descriptor(number)) }
            return constant(SymbolicPlace.address(ofRegion: region) + UInt64(offset))
        case .map(let map), .mapValue(let map, offset: _): throw .unknownMap(map)
        case .variable(let number): throw .unknownVariable(number)
        case .function: return constant(Self.functions | UInt64(function))
        }
    }

    package func framePointer(depth: Int, in memory: inout SymbolicMemory) throws(Trap) -> BitVector {
        constant(memory.framePointer(depth: depth))
    }

    package func load(
        _ size: MemorySize, at address: BitVector, from memory: inout SymbolicMemory
    ) throws(Trap) -> BitVector {
        try memory.load(size.byteCount, at: address).zeroExtended(to: 64)
    }

    package func store(
        _ size: MemorySize, _ word: BitVector, at address: BitVector, to memory: inout SymbolicMemory
    ) throws(Trap) {
        try memory.store(word.truncated(to: size.byteCount * 8), at: address)
    }

    package func call(
        helper number: Int32, _ registers: borrowing RegisterFile<BitVector>, _ memory: inout SymbolicMemory
    ) throws(Trap) -> BitVector {
        try world.helpers.call(number, SymbolicArguments(copy registers), &memory)
    }

    package func callee(_ word: BitVector) throws(Trap) -> Callee {
        guard let value = word.constantValue.map({ UInt64(truncatingIfNeeded: $0) }) else {
            throw .unsupported("a call of what a register holds")
        }
        if value >> 32 == Self.functions >> 32 { return .function(Int(value & 0xFFFF_FFFF)) }
        guard let number = Int32(exactly: value) else { throw .notCallable(value) }
        return .helper(number)
    }

    /// Where addresses of functions begin; no region has one of them.
    private static let functions: UInt64 = 0xFFFE_0000_0000_0000
}

extension SymbolicWorld {
    /// What calls take as a map; no region has such an address.
    package static func handle(ofMap number: Int32) -> UInt64 {
        0xFFFF_0000_0000_0000 | UInt64(UInt32(bitPattern: number))
    }
}

extension BitOperation {
    /// The same operation on terms.
    fileprivate var ofTerms: BinaryOperation {
        switch self {
        case .add: .add
        case .subtract: .subtract
        case .multiply: .multiply
        case .unsignedDivide: .unsignedDivide
        case .unsignedRemainder: .unsignedRemainder
        case .signedDivide: .signedDivide
        case .signedRemainder: .signedRemainder
        case .and: .and
        case .or: .or
        case .exclusiveOr: .exclusiveOr
        case .shiftLeft: .shiftLeft
        case .shiftRight: .shiftRight
        case .signedShiftRight: .signedShiftRight
        }
    }
}
