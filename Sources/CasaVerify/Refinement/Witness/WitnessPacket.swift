package import CasaPolicyIR

/// A packet that shows something, with where and how a node would see it.
package struct WitnessPacket: Hashable, Sendable {
    package let direction: Direction
    package let onLoopback: Bool
    /// From the IP header on.
    package let bytes: [UInt8]

    package init(direction: Direction, onLoopback: Bool, bytes: [UInt8]) {
        self.direction = direction
        self.onLoopback = onLoopback
        self.bytes = bytes
    }

    /// A TCP segment that opens a flow, or a datagram.
    init(
        opening direction: Direction, from source: IPAddress, _ sourcePort: UInt16, to destination: IPAddress,
        _ destinationPort: UInt16, over transport: Transport, onLoopback: Bool = false
    ) {
        let ports = Self.network(sourcePort) + Self.network(destinationPort)
        let number: UInt8 = transport == .udp ? 17 : 6
        var payload =
            transport == .udp
            ? ports + [0, 8, 0, 0] : ports + [0, 0, 0, 1, 0, 0, 0, 0, 0x50, 0x02, 0xFF, 0xFF, 0, 0, 0, 0]
        let checksumPlace = transport == .udp ? 6 : 16
        let addresses = source.networkBytes + destination.networkBytes
        let pseudo = addresses + [0, number] + Self.network(UInt16(payload.count))
        let sum = Self.network(Self.checksum(of: pseudo + payload))
        payload.replaceSubrange(checksumPlace..<checksumPlace + 2, with: sum)
        var header: [UInt8]
        switch source {
        case .v4:
            header =
                [0x45, 0] + Self.network(UInt16(20 + payload.count)) + [0, 1, 0x40, 0, 64, number, 0, 0]
            header += addresses
            header.replaceSubrange(10..<12, with: Self.network(Self.checksum(of: header)))
        case .v6:
            header = [0x60, 0, 0, 0] + Self.network(UInt16(payload.count)) + [number, 64] + addresses
        }
        self.init(direction: direction, onLoopback: onLoopback, bytes: header + payload)
    }

    private static func network(_ number: UInt16) -> [UInt8] { [UInt8(number >> 8), UInt8(number & 0xFF)] }

    /// The Internet checksum (RFC 1071); never zero, which would mean none in UDP.
    private static func checksum(of bytes: [UInt8]) -> UInt16 {
        var sum: UInt32 = 0
        for (index, byte) in bytes.enumerated() { sum += UInt32(byte) << (index % 2 == 0 ? 8 : 0) }
        while sum > 0xFFFF { sum = sum & 0xFFFF + sum >> 16 }
        return sum == 0xFFFF ? 0xFFFF : ~UInt16(sum)
    }

    /// What its headers say, in one line.
    package var words: String {
        let place = onLoopback ? " on the device lo" : ""
        switch PacketHeader.parse(bytes) {
        case .failure(let refusal):
            return "\(bytes.count) bytes\(place), not judged by addresses: \(refusal.words)"
        case .success(let header):
            let family = bytes.first.map { $0 >> 4 == 4 ? "IPv4" : "IPv6" } ?? ""
            let kind =
                header.transport == .udp
                ? "UDP" : header.opensFlow ? "TCP SYN" : "TCP, not the opening of a flow"
            return "\(family) \(kind)\(place) from \(Self.endpoint(header.source, header.sourcePort)) "
                + "to \(Self.endpoint(header.destination, header.destinationPort))"
        }
    }

    private static func endpoint(_ address: IPAddress, _ port: UInt16) -> String {
        switch address {
        case .v4: "\(address):\(port)"
        case .v6: "[\(address)]:\(port)"
        }
    }

    /// Sixteen bytes a line, with their offset.
    package var dump: [String] {
        stride(from: 0, to: bytes.count, by: 16).map { start in
            let row = bytes[start..<min(start + 16, bytes.count)]
            let offset = String(start, radix: 16)
            let digits = row.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            return "0x" + String(repeating: "0", count: max(0, 4 - offset.count)) + offset + ": "
                + digits.joined(separator: " ")
        }
    }
}

extension Refusal {
    /// In words, as a reason.
    var words: String {
        switch self {
        case .rule: "a rule says so"
        case .noRule: "no rule speaks of it"
        case .unknownPeer: "nobody told who has this address"
        case .malformed: "malformed"
        case .unsupportedProtocol: "neither TCP nor UDP"
        case .fragment: "a fragment that is not the first"
        case .socketType: "a socket that no rule can judge"
        case .sourceRoute: "a source route"
        case .unsolicited: "a datagram that nobody asked for"
        case .nobody: "subject 0 is nobody"
        }
    }
}
