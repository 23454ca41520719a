internal import CasaBundle
package import CasaPolicyIR

/// One record of the ring buffer: 64 bytes, as the templates write them.
package struct EventRecord: Hashable, Sendable {
    package static let byteCount = 64

    package enum Hook: UInt8, Hashable, Sendable, CaseIterable {
        case connect4 = 1
        case connect6, sendmsg4, sendmsg6, egress, ingress
        case socketCreate

        package var name: String { self == .socketCreate ? "sock_create" : "\(self)" }
    }

    /// Nanoseconds since boot.
    package let time: UInt64
    package let subject: UInt32
    package let rule: Int?
    package let hook: Hook
    package let direction: Direction
    package let protocolNumber: UInt8
    /// `nil` where the programs did not look at addresses.
    package let peer: IPAddress?
    /// `nil` is the default: denied.
    package let effect: Effect?
    package let refusal: Refusal
    package let classNumber: UInt16
    package let localPort: UInt16
    package let remotePort: UInt16
    package let length: UInt32
    /// 0 where it is not known.
    package let cgroup: UInt64

    /// Why bytes are no event.
    package enum Problem: Error, Hashable, Sendable {
        case size(Int)
        case unknown(field: String, value: UInt8)

        package var sentence: String {
            switch self {
            case .size(let size): "a record of \(size) bytes, where \(EventRecord.byteCount) belong"
            case .unknown(let field, let value): "unknown \(field) \(value)"
            }
        }
    }

    package init(_ bytes: [UInt8]) throws(Problem) {
        guard bytes.count == Self.byteCount, let time = bytes.number(UInt64.self, at: 0),
            let subject = bytes.number(UInt32.self, at: 8), let rule = bytes.number(UInt32.self, at: 12),
            let classNumber = bytes.number(UInt16.self, at: 22),
            let localPort = bytes.number(UInt16.self, at: 24),
            let remotePort = bytes.number(UInt16.self, at: 26),
            let length = bytes.number(UInt32.self, at: 28),
            let cgroup = bytes.number(UInt64.self, at: 48)
        else { throw .size(bytes.count) }
        guard let hook = Hook(rawValue: bytes[16]) else { throw .unknown(field: "hook", value: bytes[16]) }
        guard bytes[17] <= 1 else { throw .unknown(field: "direction", value: bytes[17]) }
        guard bytes[20] == 0 || Effect(rawValue: bytes[20]) != nil else {
            throw .unknown(field: "rank", value: bytes[20])
        }
        guard let refusal = Refusal(rawValue: bytes[21]) else {
            throw .unknown(field: "reason", value: bytes[21])
        }
        switch bytes[19] {
        case 0: peer = nil
        case 4: peer = IPAddress(networkBytes: bytes[32..<36])
        case 6: peer = IPAddress(networkBytes: bytes[32..<48])
        default: throw .unknown(field: "family", value: bytes[19])
        }
        self.time = time
        self.subject = subject
        self.rule = rule == .max ? nil : Int(rule)
        self.hook = hook
        direction = bytes[17] == 0 ? .egress : .ingress
        protocolNumber = bytes[18]
        effect = Effect(rawValue: bytes[20])
        self.refusal = refusal
        self.classNumber = classNumber
        self.localPort = localPort
        self.remotePort = remotePort
        self.length = length
        self.cgroup = cgroup
    }
}
