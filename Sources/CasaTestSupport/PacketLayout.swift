package import CasaPolicyIR

/// A packet field by field; its bytes need not be a packet that any stack would send.
package struct PacketLayout: Sendable {
    package var source: IPAddress
    package var destination: IPAddress
    package var protocolNumber: UInt8
    package var sourcePort: UInt16
    package var destinationPort: UInt16
    package var tcpFlags: UInt8 = 0
    package var payloadCount = 0
    /// Of IPv4, padded to whole words here.
    package var options: [UInt8] = []
    /// Of IPv6: the number of each header with its bytes, which begin with a byte for the next number.
    package var extensions: [(number: UInt8, bytes: [UInt8])] = []
    /// The word of flags and offset of an IPv4 header.
    package var fragmentWord: UInt16 = 0

    package init(
        from source: IPAddress, _ sourcePort: UInt16, to destination: IPAddress, _ destinationPort: UInt16,
        protocolNumber: UInt8
    ) {
        self.source = source
        self.destination = destination
        self.protocolNumber = protocolNumber
        self.sourcePort = sourcePort
        self.destinationPort = destinationPort
    }

    package var bytes: [UInt8] {
        switch source {
        case .v4: ipv4
        case .v6: ipv6
        }
    }

    private var ipv4: [UInt8] {
        let options = options + [UInt8](repeating: 0, count: (4 - options.count % 4) % 4)
        let transport = transport
        let count = 20 + options.count + transport.count
        return [0x40 | UInt8(5 + options.count / 4), 0] + UInt16(count).networkBytes + [0, 1]
            + fragmentWord.networkBytes + [64, protocolNumber, 0, 0] + source.networkBytes
            + destination.networkBytes + options + transport
    }

    private var ipv6: [UInt8] {
        var rest: [UInt8] = []
        let numbers = extensions.map(\.number) + [protocolNumber]
        for (index, header) in extensions.enumerated() {
            rest += [numbers[index + 1]] + header.bytes.dropFirst()
        }
        rest += transport
        return [0x60, 0, 0, 0] + UInt16(rest.count).networkBytes + [numbers[0], 64] + source.networkBytes
            + destination.networkBytes + rest
    }

    private var transport: [UInt8] {
        let ports = sourcePort.networkBytes + destinationPort.networkBytes
        let payload = [UInt8](repeating: 0x78, count: payloadCount)
        switch protocolNumber {
        case Transport.tcp.number:
            return ports + [0, 0, 0, 1, 0, 0, 0, 0, 0x50, tcpFlags, 0xFF, 0xFF, 0, 0, 0, 0] + payload
        case Transport.udp.number: return ports + UInt16(8 + payloadCount).networkBytes + [0, 0] + payload
        default: return ports + payload
        }
    }
}

extension UInt16 {
    fileprivate var networkBytes: [UInt8] { [UInt8(self >> 8), UInt8(self & 0xFF)] }
}
