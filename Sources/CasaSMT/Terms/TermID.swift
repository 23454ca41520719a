/// The place of a term in its arena; a term comes after those it is made of.
package struct TermID: Hashable, Sendable, Comparable {
    let rawValue: UInt32

    init(_ index: Int) { rawValue = UInt32(index) }

    var index: Int { Int(rawValue) }

    package static func < (left: TermID, right: TermID) -> Bool { left.rawValue < right.rawValue }
}
