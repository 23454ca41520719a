internal import CasaSMT

/// What is read of a packet of one version, as terms: `PacketHeader.parse` for all packets at once (RFC 791, RFC 8200).
struct HeaderMeaning {
    enum Version: Int, CaseIterable {
        case ipv4 = 4
        case ipv6 = 6
    }

    /// Whether the packet is a question at all; what else stands here counts only then.
    let isReadable: Boolean
    let version: Version
    let protocolNumber: BitVector
    /// Where the transport's header begins.
    private let transport: BitVector

    static let tcp = 6
    static let udp = 17

    private let packet: PacketUnknowns
    private let zero: BitVector

    init(_ version: Version, _ world: SymbolicWorld) {
        packet = PacketUnknowns(world)
        zero = world.constant(0)
        self.version = version
        let network =
            switch version {
            case .ipv4: Self.readIPv4(packet, zero, world)
            case .ipv6: Self.readIPv6(packet, zero, world)
            }
        protocolNumber = network.protocolNumber
        transport = network.transport
        let isTCP = protocolNumber.equals(protocolNumber.constant(Self.tcp))
        let isUDP = protocolNumber.equals(protocolNumber.constant(Self.udp))
        isReadable =
            packet.holds(20, at: zero) && network.isReadable
            && (isTCP && packet.holds(14, at: transport) || isUDP && packet.holds(8, at: transport))
    }

    var isTCP: Boolean { protocolNumber.equals(protocolNumber.constant(Self.tcp)) }
    var isUDP: Boolean { protocolNumber.equals(protocolNumber.constant(Self.udp)) }
    var sourcePort: BitVector { packet.number(0, 2, from: transport) }
    var destinationPort: BitVector { packet.number(2, 2, from: transport) }

    /// SYN set and ACK clear: the one segment that opens a TCP flow.
    var opensFlow: Boolean {
        let flags = packet.byte(13, from: transport)
        return isTCP && (flags & flags.constant(0x12)).equals(flags.constant(0x02))
    }

    func address4(at offset: Int) -> BitVector { packet.number(offset, 4, from: zero) }

    func address6(at offset: Int) -> (high: BitVector, low: BitVector) {
        (packet.number(offset, 8, from: zero), packet.number(offset + 8, 8, from: zero))
    }

    private struct Network {
        let isReadable: Boolean
        let protocolNumber: BitVector
        let transport: BitVector
    }

    private static func readIPv4(
        _ packet: PacketUnknowns, _ zero: BitVector, _ world: SymbolicWorld
    ) -> Network {
        let words = packet.byte(at: zero)[0..<4].zeroExtended(to: 64)
        let end = words * zero.constant(4)
        let fragment = packet.number(6, 2, from: zero)
        let isFirst = (fragment & fragment.constant(0x1FFF)).equals(fragment.constant(0))
        let options = OptionMeaning.options(until: end.truncated(to: 32), world)
        let hasOptions = zero.constant(20).isLess(than: end)
        let isReadable =
            zero.constant(20).isAtMost(end) && end.isAtMost(packet.length) && isFirst
            && (!hasOptions || options.equals(options.constant(0)))
        return Network(isReadable: isReadable, protocolNumber: packet.byte(9, from: zero), transport: end)
    }

    private static func readIPv6(
        _ packet: PacketUnknowns, _ zero: BitVector, _ world: SymbolicWorld
    ) -> Network {
        let first = packet.byte(6, from: zero)
        let behind = ExtensionMeaning.headers(from: first.zeroExtended(to: 32), world)
        let isExtension = ExtensionMeaning.isExtension(first)
        let place = behind[8..<32].zeroExtended(to: 32)
        let isPlaced = !isExtension || !place.equals(place.constant(0))
        let next = isExtension.select(behind[0..<8], else: first)
        let isOver = !ExtensionMeaning.isExtension(next) && !next.equals(next.constant(43))
        return Network(
            isReadable: packet.holds(40, at: zero) && isPlaced && isOver, protocolNumber: next,
            transport: isExtension.select(place, else: place.constant(40)).zeroExtended(to: 64))
    }
}
