/// What a file may cost before reading it is refused.
///
/// The bounds are far above any real manifest and far below what hurts: whoever can send a policy to a build
/// must not be able to stop the build.
package struct YAMLLimits: Hashable, Sendable {
    /// The greatest size of a file.
    package var bytes: Int
    /// How deep lists and mappings may stand in each other, counted from one.
    package var depth: Int
    /// How many keys and values a file may hold.
    package var nodes: Int
    /// How many keys and values all aliases of a file may stand for.
    package var aliases: Int

    package init(
        bytes: Int = 8 << 20, depth: Int = 64, nodes: Int = 1_000_000, aliases: Int = 10_000
    ) {
        self.bytes = bytes
        self.depth = depth
        self.nodes = nodes
        self.aliases = aliases
    }

    package static let standard = YAMLLimits()
}
