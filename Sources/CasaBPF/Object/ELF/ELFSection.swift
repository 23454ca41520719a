/// One section of an object, with the relocations that apply to it.
package struct ELFSection: Hashable, Sendable {
    /// What the section's bytes are.
    package enum Kind: Hashable, Sendable {
        case null
        case content
        case symbolTable
        case stringTable
        case relocations
        /// Without bytes in the file; all zero when loaded.
        case zeroed
        /// LLVM's list of symbols whose address matters: of no meaning to a loader.
        case addressSignificance
        case other(UInt32)
    }

    package let name: String
    package let kind: Kind
    package let isAllocated: Bool
    package let isWritable: Bool
    package let isExecutable: Bool
    package let alignment: Int

    /// Bytes when loaded; for a zeroed section more than ``bytes`` holds.
    package let size: Int
    package let bytes: ArraySlice<UInt8>

    /// In the order of the file.
    package internal(set) var relocations: [ELFRelocation] = []
}
