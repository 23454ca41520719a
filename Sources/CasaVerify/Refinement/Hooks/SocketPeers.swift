internal import CasaSMT

/// The last eight UDP peers of a socket, as the template keeps them with it (`struct casa_peers`).
enum SocketPeers {
    static let map = "casa_peers"
    static let count = 8

    private static let headerBytes = 16
    private static let entryBytes = 24
    private static let name = "peers"

    static func isThere(in arena: TermArena) -> Boolean { arena.proposition("peers are kept") }

    static func isMade(in arena: TermArena) -> Boolean { arena.proposition("peers can be kept") }

    /// What a socket's storage held before: anything.
    static func content(in arena: TermArena) -> SymbolicRegion.Content {
        .bytes(
            (0..<headerBytes + count * entryBytes).map { arena.variable("\(name) \($0)", width: 8) },
            isWritable: true)
    }

    /// A peer that is remembered: its address as on the wire, its port and its family.
    struct Entry {
        let address: BitVector
        let port: BitVector
        let family: BitVector
    }

    static func entry(_ index: Int, in arena: TermArena) -> Entry {
        let start = headerBytes + index * entryBytes
        return Entry(
            address: field(start, 16, in: arena), port: field(start + 16, 2, in: arena),
            family: field(start + 18, 2, in: arena))
    }

    /// A field, little-endian.
    private static func field(_ offset: Int, _ count: Int, in arena: TermArena) -> BitVector {
        var result = arena.variable("\(name) \(offset)", width: 8)
        for index in 1..<max(count, 1) {
            result = arena.variable("\(name) \(offset + index)", width: 8).concatenated(withLow: result)
        }
        return result
    }
}
