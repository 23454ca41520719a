package import CasaBPF
package import CasaPolicyIR

/// A connect or sendmsg as its hook is given it.
package struct GeneratedCall {
    package let hook: BPFProgramKind
    package let address: IPAddress
    package let port: UInt16
    /// 0 where the socket is not bound yet.
    package let localPort: UInt16
    /// `SOCK_STREAM` is 1, `SOCK_DGRAM` 2.
    package let socketType: UInt8
    package let protocolNumber: UInt8

    /// To a flow's address and port, now and then from a socket that is neither TCP nor UDP.
    package init(_ flow: Flow, localPort: UInt16, random: inout SeededGenerator) {
        // A mapped address is an IPv4 address to whoever calls.
        address =
            switch flow.address {
            case .v4: flow.address
            case .v6(let high, let low): IPAddress(high: high, low: low)
            }
        port = flow.port
        self.localPort = localPort
        let isUDP = flow.transport == .udp
        let sends = isUDP && random.chance(50)
        switch address {
        // An IPv4 address comes to the hooks for IPv6 in its mapped form.
        case .v4 where random.chance(70): hook = sends ? .sendmsg4 : .connect4
        case .v4, .v6: hook = sends ? .sendmsg6 : .connect6
        }
        socketType = random.chance(4) ? random.pick([1, 2, 3, 5]) : isUDP ? 2 : 1
        protocolNumber = random.chance(4) ? random.pick([6, 17, 132, 136]) : isUDP ? 17 : 6
    }

    package var isIPv6: Bool { hook == .connect6 || hook == .sendmsg6 }

    /// The two halves of its IPv6 form.
    package var words: (high: UInt64, low: UInt64) {
        switch address {
        case .v4(let value): (0, 0xFFFF << 32 | UInt64(value))
        case .v6(let high, let low): (high, low)
        }
    }

    /// What the evaluator is asked.
    package var transport: Transport? {
        switch (socketType, protocolNumber) {
        case (1, 6): .tcp
        case (2, 17): .udp
        default: nil
        }
    }
}

extension GeneratedCall: CustomStringConvertible {
    package var description: String {
        "\(hook.rawValue) from port \(localPort) to \(address) port \(port), socket type \(socketType), "
            + "protocol \(protocolNumber)"
    }
}
