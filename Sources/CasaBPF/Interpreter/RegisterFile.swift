/// The eleven registers, each with a word or none.
package struct RegisterFile<Word> {
    private var words: InlineArray<11, Word>
    private var initialised: UInt16 = 0

    /// All registers without a word; `filler` is never read.
    package init(filler: Word) {
        words = InlineArray(repeating: filler)
    }

    package func isInitialised(_ register: Register) -> Bool {
        initialised & register.mask != 0
    }

    @inline(__always)
    package func read(_ register: Register) throws(Trap) -> Word {
        guard initialised & register.mask != 0 else { throw .uninitialisedRegister(register) }
        return words[unchecked: register.index]
    }

    @inline(__always)
    package mutating func write(_ register: Register, _ word: Word) {
        words[unchecked: register.index] = word
        // Not written again, or each instruction would wait for the one before it.
        if initialised & register.mask == 0 { initialised |= register.mask }
    }

    /// Takes away the words of the registers from `first` to `last`.
    @inline(__always)
    package mutating func clear(_ first: Register, through last: Register) {
        let above = UInt16(1) << UInt16(last.rawValue + 1)
        initialised &= ~(above - first.mask)
    }

    /// Takes over the registers from `first` to `last`, with or without a word, as they are in another file.
    package mutating func restore(_ first: Register, through last: Register, from other: RegisterFile) {
        clear(first, through: last)
        for number in Int(first.rawValue)...Int(last.rawValue) {
            words[number] = other.words[number]
            initialised |= other.initialised & (1 << UInt16(number))
        }
    }
}

extension Register {
    /// INVARIANT: below eleven, because there are eleven registers.
    @inline(__always)
    fileprivate var index: Int { Int(rawValue) }

    @inline(__always)
    fileprivate var mask: UInt16 { 1 &<< UInt16(rawValue) }
}
