internal import CasaSMT

/// The bytes of a packet, from its IP header on, and how many there are: all of them unknown.
struct PacketUnknowns {
    static let function = "packet"

    private let world: SymbolicWorld
    /// `__sk_buff.len`, in 64 bits.
    let length: BitVector

    init(_ world: SymbolicWorld) {
        self.world = world
        length = HookKind.packet.field(0, 4, in: world.arena).zeroExtended(to: 64)
    }

    /// Packets are shorter than 2 GiB, as the kernel's helper has it.
    var premise: Boolean { length.isLess(than: length.constant(0x8000_0000)) }

    /// Whether the packet has `count` bytes from an offset on.
    func holds(_ count: Int, at start: BitVector) -> Boolean {
        (start + start.constant(count)).isAtMost(length)
    }

    func byte(at offset: BitVector) -> BitVector { world.functions.apply(Self.function, [offset], width: 8) }

    func byte(_ index: Int, from start: BitVector) -> BitVector { byte(at: start + start.constant(index)) }

    /// A number in network byte order.
    func number(_ index: Int, _ count: Int, from start: BitVector) -> BitVector {
        var result = byte(index, from: start)
        for next in index + 1..<max(index + count, index + 1) {
            result = result.concatenated(withLow: byte(next, from: start))
        }
        return result
    }
}
