/// What a term's value is: a truth, or a number of so many bits.
package struct Sort: Hashable, Sendable {
    /// Zero stands for a truth; one byte, because an arena holds one for every term.
    private let rawWidth: UInt8

    package static let boolean = Sort(rawWidth: 0)
    package static let widths = 1...128

    package static func bits(_ width: Int) -> Sort {
        precondition(widths.contains(width), "a bit vector has 1 to 128 bits")
        return Sort(rawWidth: UInt8(width))
    }

    private init(rawWidth: UInt8) { self.rawWidth = rawWidth }

    package var isBoolean: Bool { rawWidth == 0 }

    /// The number of bits; a truth has none.
    package var width: Int { Int(rawWidth) }
}
