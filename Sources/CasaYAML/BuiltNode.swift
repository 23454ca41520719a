/// A finished value and what it costs whoever walks through it.
struct BuiltNode {
    let node: YAMLNode
    /// Keys and values in it, aliases expanded, itself included.
    let size: Int
    /// Collections on the longest way down; a scalar has none.
    let height: Int
}
