internal import CasaPolicyIR

/// The bytes of a packet of a flow, with whatever may stand between its headers.
struct PacketDraft {
    private let source: IPAddress
    private let destination: IPAddress
    private let protocolNumber: UInt8
    private let transport: [UInt8]
    private let options: [UInt8]
    private let extensions: [(number: UInt8, bytes: [UInt8])]
    private let fragment: UInt16

    init(_ flow: FlowSource.Flow, at hook: Direction, _ random: inout SeededRandom) {
        let local: IPAddress =
            flow.address.bitWidth == 32 ? .v4(0x0A00_0001) : .v6(high: 0xFD00 << 48, low: 1)
        (source, destination) = hook == .egress ? (local, flow.address) : (flow.address, local)
        let ports =
            hook == .egress ? (flow.localPort, flow.remotePort) : (flow.remotePort, flow.localPort)
        let isUDP = flow.transport == .udp
        protocolNumber = random.chance(94) ? (isUDP ? 17 : 6) : random.pick([1, 6, 17, 58, 132])
        let flags: UInt8 = random.pick([0x02, 0x02, 0x02, 0x12, 0x10, 0x18, 0x04, 0xC2])
        transport =
            Self.network(ports.0) + Self.network(ports.1)
            + (isUDP ? [0, 8, 0, 0] : [0, 0, 0, 1, 0, 0, 0, 0, 0x50, flags, 0xFF, 0xFF, 0, 0, 0, 0])
        options = random.chance(80) ? [] : Self.options(&random)
        extensions = random.chance(80) ? [] : Self.extensions(&random)
        fragment = random.chance(92) ? 0x4000 : random.pick([0x2000, 1, 0x1FFF, 0x2001])
    }

    private static func options(_ random: inout SeededRandom) -> [UInt8] {
        var options: [UInt8] = []
        for _ in 0...random.number(below: 3) {
            options += random.pick([
                [1], [0], [7, 4, 0, 0], [68, 3, 0], [131, 3, 0], [137, 3, 0], [7, 1], [7, 40],
                [148, 4, 0, 0], [1, 1, 1],
            ])
        }
        return Array(options.prefix(40))
    }

    private static func extensions(_ random: inout SeededRandom) -> [(number: UInt8, bytes: [UInt8])] {
        (0...random.number(below: 8)).map { _ in
            let number: UInt8 = random.pick([0, 60, 60, 44, 43, 51])
            let words = random.pick([0, 0, 1, 2])
            var bytes: [UInt8] = [0, UInt8(words)] + [UInt8](repeating: 0, count: 6 + words * 8)
            if number == 44 {
                bytes = [0, 0, 0, random.pick([0, 1, 8])] + [0, 0, 0, 7]
            }
            return (number, bytes)
        }
    }

    var bytes: [UInt8] {
        switch source {
        case .v4:
            let options = options + [UInt8](repeating: 0, count: (4 - options.count % 4) % 4)
            return [0x40 | UInt8(5 + options.count / 4), 0]
                + Self.network(UInt16(20 + options.count + transport.count)) + [0, 1]
                + Self.network(fragment) + [64, protocolNumber, 0, 0] + source.networkBytes
                + destination.networkBytes + options + transport
        case .v6:
            var rest: [UInt8] = []
            let numbers = extensions.map(\.number) + [protocolNumber]
            for (index, header) in extensions.enumerated() {
                rest += [numbers[index + 1]] + header.bytes.dropFirst()
            }
            rest += transport
            return [0x60, 0, 0, 0] + Self.network(UInt16(rest.count)) + [numbers[0], 64]
                + source.networkBytes + destination.networkBytes + rest
        }
    }

    private static func network(_ number: UInt16) -> [UInt8] { [UInt8(number >> 8), UInt8(number & 0xFF)] }
}
