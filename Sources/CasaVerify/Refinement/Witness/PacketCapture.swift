/// Packets as a file that tcpdump and Wireshark read: classic pcap, link type RAW, microseconds.
///
/// Every time stamp is zero, so that equal packets make equal files.
package struct PacketCapture: Hashable, Sendable {
    /// From their IP headers on.
    package let packets: [[UInt8]]

    /// LINKTYPE_RAW: packets begin with an IPv4 or IPv6 header.
    package static let linkType: UInt32 = 101
    private static let magic: UInt32 = 0xA1B2_C3D4
    private static let version: UInt32 = 4 << 16 | 2
    private static let snapLength: UInt32 = 262_144

    package init(_ packets: [[UInt8]]) {
        self.packets = packets
    }

    /// The file, little-endian.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for word in [Self.magic, Self.version, 0, 0, Self.snapLength, Self.linkType] {
            Self.append(word, to: &bytes)
        }
        for packet in packets {
            let kept = packet.prefix(Int(Self.snapLength))
            for word in [0, 0, UInt32(kept.count), UInt32(packet.count)] { Self.append(word, to: &bytes) }
            bytes += kept
        }
        return bytes
    }

    private static func append(_ word: UInt32, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
    }
}
