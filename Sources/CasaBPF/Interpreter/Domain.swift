/// The values that a machine computes with.
///
/// The instructions' meaning is written once, in `MachineState`, in terms of these operations, which are those of SMT-LIB's
/// bit vectors. An interpreter and a symbolic executor differ in the domain and in what they do at a branch.
///
/// Of operands of a 32-bit operation only the low halves count, and its result has an upper half of zero.
package protocol Domain {
    /// 64 bits.
    associatedtype Word
    /// The outcome of a comparison.
    associatedtype Truth
    /// What loads read and stores write; a value where the machine's state is to be copied.
    associatedtype Memory

    func constant(_ value: UInt64) -> Word

    /// What a wide load that is not a plain value loads; `function` is the index of an instruction.
    func address(of source: ImmediateSource, function: Int, in memory: inout Memory) throws(Trap) -> Word

    /// The frame pointer of a new frame; `depth` is 0 for the program itself.
    func framePointer(depth: Int, in memory: inout Memory) throws(Trap) -> Word

    func apply(_ operation: BitOperation, _ width: Width, _ left: Word, _ right: Word) -> Word

    func compare(_ relation: BitRelation, _ width: Width, _ left: Word, _ right: Word) -> Truth

    func not(_ truth: Truth) -> Truth

    /// One of two words that both exist already.
    func select(_ truth: Truth, _ left: Word, _ right: Word) -> Word

    /// The low bytes of a word; the rest is zero.
    func truncate(_ word: Word, to size: MemorySize) -> Word

    /// The low bytes of a word, with their sign repeated through `width`.
    func extendSign(_ word: Word, from size: SignedMemorySize, to width: Width) -> Word

    /// The low bytes of a word in reverse; the rest is zero.
    func reverseBytes(_ word: Word, _ size: MemorySize) -> Word

    /// The bytes at an address as a little-endian number.
    func load(_ size: MemorySize, at address: Word, from memory: inout Memory) throws(Trap) -> Word

    /// Writes the low bytes of a word, the lowest first.
    func store(_ size: MemorySize, _ word: Word, at address: Word, to memory: inout Memory) throws(Trap)

    /// Calls a helper with `r1` to `r5` as they are, and answers what `r0` becomes.
    func call(
        helper number: Int32, _ registers: borrowing RegisterFile<Word>, _ memory: inout Memory
    ) throws(Trap) -> Word

    /// What a call of a word reaches.
    func callee(_ word: Word) throws(Trap) -> Callee
}

/// What a call of a word reaches: a function, by the index of its first instruction, or a helper.
package enum Callee: Hashable, Sendable {
    case function(Int)
    case helper(Int32)
}

/// An operation of SMT-LIB's bit vectors.
///
/// Shifts move by less than the width; what a division by zero yields is never used, but it must yield something.
package enum BitOperation: CaseIterable, Hashable, Sendable {
    case add
    case subtract
    case multiply
    case unsignedDivide
    case unsignedRemainder
    /// Rounds towards zero; the least number divided by -1 is itself.
    case signedDivide
    /// Has the sign of the dividend.
    case signedRemainder
    case and
    case or
    case exclusiveOr
    case shiftLeft
    case shiftRight
    case signedShiftRight
}

/// A comparison of SMT-LIB's bit vectors.
package enum BitRelation: CaseIterable, Hashable, Sendable {
    case equal
    case unsignedLess
    case unsignedLessOrEqual
    case signedLess
    case signedLessOrEqual
}
