/// A field of a section that stands for a symbol.
package struct ELFRelocation: Hashable, Sendable {
    /// The relocations of the BPF machine.
    package enum Kind: UInt32, Hashable, Sendable {
        /// The 64-bit immediate of a two-slot load.
        case loadImmediate64 = 1
        case absolute64 = 2
        case absolute32 = 3
        /// Like ``absolute32``; used by BTF and debug information only.
        case sectionOffset32 = 4
        /// The immediate of a call.
        case call = 10
    }

    /// Bytes from the start of the section that is changed.
    package let offset: Int
    package let kind: Kind

    /// Index into ``ELFObject/symbols``.
    package let symbol: Int
}
