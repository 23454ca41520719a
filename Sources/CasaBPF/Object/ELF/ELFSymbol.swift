/// A name with its place in the object.
package struct ELFSymbol: Hashable, Sendable {
    package enum Binding: UInt8, Hashable, Sendable {
        case local = 0
        case global = 1
        case weak = 2
    }

    package enum Kind: UInt8, Hashable, Sendable {
        case none = 0
        case object = 1
        case function = 2
        case section = 3
        case file = 4
    }

    package enum Visibility: UInt8, Hashable, Sendable {
        case `default` = 0
        case `internal` = 1
        case hidden = 2
        case protected = 3
    }

    package enum Place: Hashable, Sendable {
        case undefined
        case absolute
        /// Index into ``ELFObject/sections``.
        case section(Int)
    }

    package let name: String
    package let binding: Binding
    package let kind: Kind
    package let visibility: Visibility
    package let place: Place

    /// Bytes from the start of the section.
    package let value: Int
    package let size: Int
}
