import CasaPolicyIR
import CasaVerify

/// A packet, call or socket with everything that a hook's meaning may ask about it.
struct Situation {
    var subject: UInt32 = 1
    /// From the IP header on.
    var packet: [UInt8] = []
    /// The bytes of `__sk_buff`, `bpf_sock_addr` or `bpf_sock`, but for pointers.
    var context = [UInt8](repeating: 0, count: 192)
    /// The bytes of `bpf_sock`.
    var socket = [UInt8](repeating: 0, count: 80)
    var hasSocket = true
    var isFullSocket = true
    var arePeersKept = true
    /// The storage of a socket: sixteen bytes, and eight entries.
    var peers = [UInt8](repeating: 0, count: 208)
    /// Of a function behind its context.
    var arguments: [String: UInt128] = [:]

    /// What is read behind the end of a packet, where any byte may stand.
    static let behindTheEnd: UInt8 = 0xA5

    mutating func write(_ value: some FixedWidthInteger, toContext offset: Int) {
        context.write(value, at: offset)
    }

    func byte(ofPacket offset: UInt128) -> UInt8 {
        offset < packet.count ? packet[Int(offset)] : Self.behindTheEnd
    }
}

extension [UInt8] {
    /// The lowest byte first.
    mutating func write(_ value: some FixedWidthInteger, at offset: Int) {
        for index in 0..<value.bitWidth / 8 {
            self[offset + index] = UInt8(truncatingIfNeeded: value >> (index * 8))
        }
    }
}

/// What the tables of an object hold, and what its policy says: the functions that stand outside of a template.
struct Surroundings {
    let claimed: ClassifiedPolicy
    /// `.rodata.addresses4` and `.rodata.addresses6` as a node fills them.
    let tables: [String: [UInt8]]

    /// Which families have regions, by what `casa_regions` promises.
    var regions: UInt128 {
        let blocks = claimed.regions.flatMap(\.blocks)
        let has4 = blocks.contains { if case .v4 = $0.addresses.lowerBound { true } else { false } }
        let has6 = blocks.contains { if case .v6 = $0.addresses.lowerBound { true } else { false } }
        return (has4 ? 1 : 0) | (has6 ? 2 : 0)
    }
}
