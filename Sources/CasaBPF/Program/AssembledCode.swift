/// Code with its jumps resolved and its references to symbols still open: what goes into a section of an object.
package struct AssembledCode: Hashable, Sendable {
    package let slots: [EncodedInstruction]
    /// In the order of the code.
    package let relocations: [CodeRelocation]
    /// In the order of the code.
    package let functions: [CodeFunction]
    /// In the order of the code; instructions that were given no tag are not listed.
    package let annotations: [CodeAnnotation]

    package var bytes: [UInt8] { EncodedInstruction.bytes(of: slots) }
}

/// A reference to a symbol that the linker or the loader fills in.
package struct CodeRelocation: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// A call of a function (`R_BPF_64_32`); the immediate is -1, as clang writes it.
        case call
        /// A wide load of a map (`R_BPF_64_64`).
        case map
        /// A wide load of an address in a data section (`R_BPF_64_64`); the immediate is the addend.
        case mapValue
        /// A wide load of the address of a function (`R_BPF_64_64`).
        case function
    }

    /// The slot.
    package let instructionIndex: Int
    package let symbol: String
    /// Bytes past the symbol.
    package let addend: Int32
    package let kind: Kind

    package init(instructionIndex: Int, symbol: String, addend: Int32, kind: Kind) {
        self.instructionIndex = instructionIndex
        self.symbol = symbol
        self.addend = addend
        self.kind = kind
    }
}

/// A function of the code: its name and the slots it fills.
package struct CodeFunction: Hashable, Sendable {
    package let symbol: String
    package let slots: Range<Int>

    package init(symbol: String, slots: Range<Int>) {
        self.symbol = symbol
        self.slots = slots
    }
}

/// What the emitter wants remembered about an instruction: a number of its own choice, by slot.
package struct CodeAnnotation: Hashable, Sendable {
    package let slot: Int
    package let tag: Int

    package init(slot: Int, tag: Int) {
        self.slot = slot
        self.tag = tag
    }
}
