internal import CasaPolicyIR

/// Packets of which no two ask the same, each to be sent in variations that differ where nobody reads.
struct PacketStock {
    /// A packet whose varied bytes are zero.
    struct Item {
        let packet: GeneratedPacket
        /// Where sixteen bits may be anything.
        ///
        /// The identification of IPv4, the lower flow label of IPv6, any place in what is no packet. None on the device
        /// `lo`, where packets are not read at all, and in what is too short.
        let variedOffset: Int?
    }

    private(set) var items: [Item] = []

    /// First every rule met and missed by one, then so many packets in all.
    init(of generated: GeneratedPolicy, count: Int, seed: UInt64) {
        var generator = PacketGenerator(generated, seed: seed)
        var seen: Set<Place> = []
        items.reserveCapacity(count)
        while items.count < count {
            // What a generator gives again is passed over.
            for packet in generator.packets(count - items.count) {
                let item = Self.item(packet)
                let place = Place(
                    subject: packet.subject, hook: packet.hook, onLoopback: packet.onLoopback,
                    bytes: item.packet.bytes)
                if seen.insert(place).inserted { items.append(item) }
            }
        }
    }

    private struct Place: Hashable {
        let subject: Int
        let hook: Direction
        let onLoopback: Bool
        let bytes: [UInt8]
    }

    private static func item(_ packet: GeneratedPacket) -> Item {
        guard !packet.onLoopback, packet.bytes.count >= 6 else {
            return Item(packet: packet, variedOffset: nil)
        }
        let offset = packet.bytes[0] >> 4 == 4 ? 4 : 2
        var bytes = packet.bytes
        bytes[offset] = 0
        bytes[offset + 1] = 0
        let plain = GeneratedPacket(
            packet.kind, rule: packet.rule, subject: packet.subject, hook: packet.hook, bytes: bytes)
        return Item(packet: plain, variedOffset: offset)
    }
}
