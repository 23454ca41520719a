/// What the datapath reads of a packet: RFC 791, RFC 8200, RFC 9293, RFC 768.
///
/// Kept next to the evaluator because it is part of the meaning: which packets are questions, and which are
/// refused without one (`spec/semantics.md`, "Packets").
package struct PacketHeader: Hashable, Sendable {
    package let source: IPAddress
    package let destination: IPAddress
    package let transport: Transport
    package let sourcePort: UInt16
    package let destinationPort: UInt16
    /// SYN set and ACK clear: the one segment that opens a TCP flow.
    package let opensFlow: Bool

    package init(
        source: IPAddress, destination: IPAddress, transport: Transport, sourcePort: UInt16,
        destinationPort: UInt16, opensFlow: Bool
    ) {
        self.source = source
        self.destination = destination
        self.transport = transport
        self.sourcePort = sourcePort
        self.destinationPort = destinationPort
        self.opensFlow = opensFlow
    }

    /// Reads a packet that starts with its IP header.
    package static func parse(_ packet: [UInt8]) -> Result<PacketHeader, Refusal> {
        switch packet.first.map({ $0 >> 4 }) {
        case 4: parseIPv4(packet)
        case 6: parseIPv6(packet)
        default: .failure(.malformed)
        }
    }

    private static func parseIPv4(_ packet: [UInt8]) -> Result<PacketHeader, Refusal> {
        let headerLength = Int(packet[0] & 0xF) * 4
        guard packet.count >= 20, headerLength >= 20, packet.count >= headerLength else {
            return .failure(.malformed)
        }
        guard uint16(packet, at: 6) & 0x1FFF == 0 else { return .failure(.fragment) }
        if let refusal = refusal(ofOptions: packet[20..<headerLength]) { return .failure(refusal) }
        return parseTransport(
            packet, at: headerLength, protocolNumber: packet[9],
            source: .v4(uint32(packet, at: 12)), destination: .v4(uint32(packet, at: 16)))
    }

    /// A source route sends the packet elsewhere than its destination address says.
    private static func refusal(ofOptions options: ArraySlice<UInt8>) -> Refusal? {
        var position = options.startIndex
        while position < options.endIndex {
            switch options[position] {
            case 0: return nil
            case 1: position += 1
            case 131, 137: return .sourceRoute
            default:
                guard position + 1 < options.endIndex, options[position + 1] >= 2,
                    position + Int(options[position + 1]) <= options.endIndex
                else { return .malformed }
                position += Int(options[position + 1])
            }
        }
        return nil
    }

    private static func parseIPv6(_ packet: [UInt8]) -> Result<PacketHeader, Refusal> {
        guard packet.count >= 40 else { return .failure(.malformed) }
        var next = packet[6]
        var position = 40
        var headers = 0
        while [0, 43, 44, 60].contains(next) {
            if next == 43 { return .failure(.sourceRoute) }
            guard headers < 6, packet.count >= position + 8 else { return .failure(.malformed) }
            headers += 1
            if next == 44 {
                guard uint16(packet, at: position + 2) & 0xFFF8 == 0 else { return .failure(.fragment) }
                next = packet[position]
                position += 8
            } else {
                next = packet[position]
                position += (Int(packet[position + 1]) + 1) * 8
            }
        }
        return parseTransport(
            packet, at: position, protocolNumber: next,
            source: .v6(high: uint64(packet, at: 8), low: uint64(packet, at: 16)),
            destination: .v6(high: uint64(packet, at: 24), low: uint64(packet, at: 32)))
    }

    private static func parseTransport(
        _ packet: [UInt8], at start: Int, protocolNumber: UInt8, source: IPAddress, destination: IPAddress
    ) -> Result<PacketHeader, Refusal> {
        let transport: Transport
        switch protocolNumber {
        case 6: transport = .tcp
        case 17: transport = .udp
        default: return .failure(.unsupportedProtocol)
        }
        guard packet.count >= start + (transport == .tcp ? 14 : 8) else { return .failure(.malformed) }
        return .success(
            PacketHeader(
                source: source, destination: destination, transport: transport,
                sourcePort: uint16(packet, at: start), destinationPort: uint16(packet, at: start + 2),
                opensFlow: transport == .tcp && packet[start + 13] & 0x12 == 0x02))
    }

    private static func uint16(_ bytes: [UInt8], at offset: Int) -> UInt16 {
        UInt16(bytes[offset]) << 8 | UInt16(bytes[offset + 1])
    }

    private static func uint32(_ bytes: [UInt8], at offset: Int) -> UInt32 {
        UInt32(uint16(bytes, at: offset)) << 16 | UInt32(uint16(bytes, at: offset + 2))
    }

    private static func uint64(_ bytes: [UInt8], at offset: Int) -> UInt64 {
        UInt64(uint32(bytes, at: offset)) << 32 | UInt64(uint32(bytes, at: offset + 4))
    }
}

/// Why a packet or call was refused; the numbers are those of the events (`spec/bundle.md`).
package enum Refusal: UInt8, Error, Hashable, Sendable, CaseIterable {
    /// A rule says so.
    case rule = 0
    /// The peer is known, and no rule speaks of it.
    case noRule = 1
    /// Nobody told who has this address.
    case unknownPeer = 2
    case malformed = 3
    /// Neither TCP nor UDP.
    case unsupportedProtocol = 4
    case fragment = 5
    case socketType = 6
    case sourceRoute = 7
    /// A datagram that answers nothing this socket asked.
    case unsolicited = 8
    /// The program runs for nobody.
    case nobody = 9
}
