/// Where the 64 bits of a wide load come from (RFC 9669, section 5.4).
package enum ImmediateSource: Hashable, Sendable {
    case value(UInt64)
    /// The map itself, as calls take it.
    case map(MapReference)
    /// An address inside the only value of an array map.
    case mapValue(MapReference, offset: UInt32)
    /// A variable of the platform.
    case variable(Int32)
    /// A function of the program, counted from the instruction after the load.
    case function(Int32)
}

/// How a program names a map: by file descriptor, or by place in the descriptors passed along with it.
package enum MapReference: Hashable, Sendable {
    case descriptor(Int32)
    case index(Int32)
}
