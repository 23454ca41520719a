package import CasaPolicyIR

/// Who talks with whom, seen from the subject: a question that can be put as a packet.
package struct Flow: Hashable, Sendable {
    package var direction: Direction
    package var address: IPAddress
    package var transport: Transport
    /// Of the side that is asked: the peer's for egress, the subject's own for ingress.
    package var port: UInt16

    /// A packet and the hook that it comes to.
    package struct Placed {
        package var hook: Direction
        package var layout: PacketLayout
    }

    package init(direction: Direction, address: IPAddress, transport: Transport, port: UInt16) {
        self.direction = direction
        self.address = address
        self.transport = transport
        self.port = port
    }

    private static let synchronize: UInt8 = 0x02
    private static let acknowledge: UInt8 = 0x10

    /// As the packet that opens the flow.
    package func asked(_ random: inout SeededGenerator) -> Placed {
        // Whatever else is set: SYN without ACK opens.
        let others: [UInt8] = [0, 0, 0, 0xC0, 0x08, 0x21, 0x04]
        return placed(at: direction, flags: Self.synchronize | random.pick(others), &random)
    }

    /// As a packet the other way.
    package func answered(_ random: inout SeededGenerator) -> Placed {
        placed(at: direction.opposite, flags: Self.later(&random), &random)
    }

    /// As any packet of the flow.
    package func placed(_ random: inout SeededGenerator) -> Placed {
        switch random.number(below: 3) {
        case 0: asked(&random)
        case 1: answered(&random)
        default: placed(at: direction, flags: Self.later(&random), &random)
        }
    }

    package func with(port: UInt16) -> Flow {
        var flow = self
        flow.port = port
        return flow
    }

    package func with(address: IPAddress) -> Flow {
        var flow = self
        flow.address = address
        return flow
    }

    package var withOtherTransport: Flow {
        var flow = self
        flow.transport = transport == .tcp ? .udp : .tcp
        return flow
    }

    package var withOtherDirection: Flow {
        var flow = self
        flow.direction = direction.opposite
        return flow
    }

    private static func later(_ random: inout SeededGenerator) -> UInt8 {
        random.pick([acknowledge, acknowledge | 0x08, synchronize | acknowledge, 0x11, 0x04, 0x14, 0x00])
    }

    private func placed(at hook: Direction, flags: UInt8, _ random: inout SeededGenerator) -> Placed {
        let local: IPAddress =
            switch address {
            case .v4: .v4(0x0A00_0001)
            case .v6: .v6(high: 0xFD00_0000_0000_0000, low: 1)
            }
        let free = UInt16(random.number(below: 65536))
        let (remotePort, localPort) = direction == .egress ? (port, free) : (free, port)
        var layout =
            hook == .egress
            ? PacketLayout(
                from: local, localPort, to: address, remotePort, protocolNumber: transport.number)
            : PacketLayout(
                from: address, remotePort, to: local, localPort, protocolNumber: transport.number)
        layout.tcpFlags = flags
        layout.payloadCount = random.chance(2) ? random.number(below: 3500) : random.number(below: 3) * 7
        return Placed(hook: hook, layout: layout)
    }
}

extension Direction {
    fileprivate var opposite: Direction { self == .egress ? .ingress : .egress }
}
