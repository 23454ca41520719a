/// A piece of code with one entry: the body of a program, or a function that programs call.
package struct BPFFunction: Hashable, Sendable {
    package let name: String

    /// Whether the kernel verifies the function by itself, for any argument.
    package let isGlobal: Bool

    /// Eight bytes an instruction, with zeros where references are filled in.
    package let code: [UInt8]

    /// In ascending order of instructions.
    package let references: [BPFReference]

    /// The BTF type (of kind function) of this code.
    package let type: BTFTypeID

    /// In ascending order, from the function's first instruction; empty when the object has no line records.
    package let lines: [BTFLineRecord]

    package var instructionCount: Int { code.count / 8 }
}

/// A program for one hook, with the calls it makes still symbolic.
package struct BPFProgram: Hashable, Sendable {
    package let kind: BPFProgramKind
    package let body: BPFFunction

    package var name: String { body.name }
}
