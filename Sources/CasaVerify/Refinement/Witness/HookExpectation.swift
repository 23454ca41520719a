internal import CasaPolicyIR

/// What the evaluator says to a packet, call or socket under the circumstances of a counterexample.
struct HookExpectation {
    let hook: HookCounterexample
    let circumstances: HookCircumstances

    init(_ hook: HookCounterexample) {
        self.hook = hook
        circumstances = HookCircumstances(hook.circumstances)
    }

    /// Whether it passes; `nil` for functions that judge only a part.
    var passes: Bool? {
        switch hook.program {
        case "casa_egress": judgePacket(.egress)
        case "casa_ingress": judgePacket(.ingress)
        case "casa_connect4", "casa_sendmsg4": judgeCall(isIPv6: false)
        case "casa_connect6", "casa_sendmsg6": judgeCall(isIPv6: true)
        case "casa_sock_create": judgeSocket
        default: nil
        }
    }

    private func field(_ name: String, _ offset: Int, _ count: Int) -> UInt64 {
        circumstances.numbered(name, count: offset + count).suffix(count).reversed().reduce(0) {
            $0 << 8 | UInt64($1)
        }
    }

    // MARK: Packets

    /// The packet as far as it is known, and no more of it than people would read.
    var packet: [UInt8] { bytes(0..<min(length, 256)) }

    private var length: Int { Int(field("__sk_buff", 0, 4)) }

    private func bytes(_ range: Range<Int>) -> [UInt8] {
        range.map { offset in
            offset < hook.packet.count
                ? hook.packet[offset] : UInt8(truncatingIfNeeded: circumstances["packet", UInt64(offset)])
        }
    }

    /// The packet without options and extension headers; empty, which is refused, where they refuse it.
    ///
    /// What stands there is for functions to say that are proved by themselves.
    private var plainPacket: [UInt8] {
        guard length >= 20, let first = bytes(0..<1).first else { return bytes(0..<min(length, 20)) }
        switch first >> 4 {
        case 4:
            let end = Int(first & 0xF) * 4
            guard end >= 20, end <= length else { return bytes(0..<min(length, 60)) }
            guard end == 20 || circumstances["options", UInt64(end)] & 0xFFFF_FFFF == 0 else { return [] }
            return [0x45] + bytes(1..<20) + transport(at: end)
        case 6:
            guard length >= 40 else { return bytes(0..<length) }
            var header = bytes(0..<40)
            guard [0, 44, 60].contains(header[6]) else {
                return [6, 17].contains(header[6]) ? header + transport(at: 40) : []
            }
            let behind = Int(circumstances["extensions", UInt64(header[6])] & 0xFFFF_FFFF)
            header[6] = UInt8(behind & 0xFF)
            return behind >> 8 > 0 && [6, 17].contains(header[6]) ? header + transport(at: behind >> 8) : []
        default: return bytes(0..<20)
        }
    }

    private func transport(at start: Int) -> [UInt8] { bytes(start..<max(start, min(length, start + 14))) }

    private func judgePacket(_ direction: Direction) -> Bool {
        let supposed = SuppositionPolicy(circumstances)
        let packet = plainPacket
        var addresses: [IPAddress] = []
        if case .success(let header) = PacketHeader.parse(packet) {
            addresses = [direction == .egress ? header.destination : header.source]
        }
        return PacketEvaluator(supposed.policy, book: supposed.book(of: addresses)).judge(
            packet, subject: supposed.subject, direction: direction,
            onLoopback: field("__sk_buff", 40, 4) == 1, socket: socket(addresses)
        ).passes
    }

    private func socket(_ addresses: [IPAddress]) -> PacketEvaluator.Socket {
        guard circumstances.isTrue("has socket"), circumstances.isTrue("is full socket") else {
            return .init()
        }
        if circumstances.number(of: "socket", at: 72, count: 4) == 1 {
            let port = UInt16(truncatingIfNeeded: circumstances.number(of: "socket", at: 48, count: 2))
                .byteSwapped
            // What is compared is the part of the family that the packet is of.
            let bytes =
                addresses.first?.bitWidth == 128
                ? circumstances.bytes(of: "socket", at: 56, count: 16)
                : circumstances.bytes(of: "socket", at: 52, count: 4)
            return .init(remote: IPAddress(networkBytes: bytes).map { .init(address: $0, port: port) })
        }
        guard circumstances.isTrue("peers are kept") else { return .init() }
        let storage = circumstances.numbered("peers", count: 16 + 8 * 24)
        return .init(
            recentPeers: (0..<8).compactMap { index in
                let entry = Array(storage[16 + index * 24..<40 + index * 24])
                let port = UInt16(entry[16]) | UInt16(entry[17]) << 8
                switch UInt16(entry[18]) | UInt16(entry[19]) << 8 {
                case 4 where entry[4..<16].allSatisfy({ $0 == 0 }):
                    return IPAddress(networkBytes: entry[..<4]).map { .init(address: $0, port: port) }
                case 6: return IPAddress(networkBytes: entry[..<16]).map { .init(address: $0, port: port) }
                default: return nil
                }
            })
    }

    // MARK: Calls and sockets

    private func judgeCall(isIPv6: Bool) -> Bool {
        let name = "bpf_sock_addr"
        let bytes = circumstances.numbered(name, count: 24)
        let address: IPAddress? =
            isIPv6 ? mapped(Array(bytes[8..<24])) : IPAddress(networkBytes: bytes[4..<8])
        guard let address else { return false }
        let transport: Transport? =
            switch (field(name, 32, 4), field(name, 36, 4)) {
            case (1, 6): .tcp
            case (2, 17): .udp
            default: nil
            }
        let localPort = UInt16(truncatingIfNeeded: circumstances.number(of: "socket", at: 44, count: 2))
        let supposed = SuppositionPolicy(circumstances)
        return PacketEvaluator(supposed.policy, book: supposed.book(of: [address])).judge(
            callTo: .init(
                address: address, port: UInt16(truncatingIfNeeded: field(name, 24, 2)).byteSwapped),
            over: transport, from: localPort == 0 ? nil : localPort, subject: supposed.subject
        ).passes
    }

    /// ::ffff:a.b.c.d leaves as an IPv4 packet.
    private func mapped(_ bytes: [UInt8]) -> IPAddress? {
        bytes.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
            ? IPAddress(networkBytes: bytes.suffix(4)) : IPAddress(networkBytes: bytes)
    }

    private var judgeSocket: Bool {
        guard (circumstances.value(of: "subject") ?? 0) & 0xFFFF_FFFF != 0 else { return false }
        switch (field("bpf_sock", 8, 4), field("bpf_sock", 12, 4)) {
        case (1, 0), (1, 6), (2, 0), (2, 17): return true
        default: return false
        }
    }
}
