internal import CLibBPF
internal import CasaBundle

/// Fills the maps of the baseline, so that every look-up of every flow is a hit (`baseline.bpf.c`).
struct BaselineMaps {
    private static let subject: UInt32 = 0x0AFF_FF01
    private static let firstIdentity: UInt32 = 1000
    private static let tcp: UInt8 = 6

    let object: BenchObject

    func fill(_ peers: [GeneratedNamespace.Peer], _ flows: [FlowCycle.Flow]) throws {
        let (identities, policies) = (try object.map("identities"), try object.map("policies"))
        let (connections, policyCounters) = (try object.map("connections"), try object.map("policy_counters"))
        let policyEntry = [UInt8](repeating: 0, count: policies.valueBytes)
        let counters = try Self.counters()
        for (number, peer) in peers.enumerated() {
            let identity = Self.firstIdentity + UInt32(number)
            try identities.set(key: Self.identityKey(peer.address), value: Self.identity(identity))
            try policies.set(key: Self.policyKey(identity, peer.port), value: policyEntry)
            try policyCounters.set(key: Self.policyKey(identity, peer.port), value: counters)
        }
        for port in Set(peers.map(\.port)).sorted() {
            try policies.set(key: Self.policyKey(0, port), value: policyEntry)
        }
        try object.map("reason_counters").set(key: [0, 2, 1, 0, 1, 0, 0, 0], value: counters)
        for flow in flows {
            try connections.set(key: Self.connectionKey(flow, isReverse: false), value: Self.connection())
            try connections.set(key: Self.connectionKey(flow, isReverse: true), value: Self.connection())
        }
    }

    private static func identityKey(_ address: UInt32) -> [UInt8] {
        var writer = ByteWriter()
        writer.append(UInt32(64))
        writer.append(UInt16(0))
        writer.append(UInt8(0))
        writer.append(UInt8(1))
        writer.append(address.byteSwapped)
        writer.append(zeros: 12)
        return writer.bytes
    }

    private static func identity(_ number: UInt32) -> [UInt8] {
        var writer = ByteWriter()
        writer.append(number)
        writer.append(zeros: 8)
        return writer.bytes
    }

    private static func policyKey(_ identity: UInt32, _ port: UInt16) -> [UInt8] {
        var writer = ByteWriter()
        writer.append(UInt32(64))
        writer.append(identity)
        writer.append(UInt8(1))
        writer.append(tcp)
        writer.append(port.byteSwapped)
        return writer.bytes
    }

    private static func connectionKey(_ flow: FlowCycle.Flow, isReverse: Bool) -> [UInt8] {
        let (own, other) = (
            (address: subject, port: flow.localPort), (address: flow.peer.address, port: flow.peer.port)
        )
        let (from, to) = isReverse ? (other, own) : (own, other)
        var writer = ByteWriter()
        writer.append(to.address.byteSwapped)
        writer.append(from.address.byteSwapped)
        writer.append(to.port.byteSwapped)
        writer.append(from.port.byteSwapped)
        writer.append(tcp)
        writer.append(UInt8(isReverse ? 1 : 0))
        return writer.bytes
    }

    /// 56 bytes, the identity at 44.
    private static func connection() -> [UInt8] {
        var writer = ByteWriter()
        writer.append(zeros: 44)
        writer.append(firstIdentity)
        writer.append(zeros: 8)
        return writer.bytes
    }

    /// A counter for every possible processor.
    private static func counters() throws -> [UInt8] {
        let processors = libbpf_num_possible_cpus()
        guard processors > 0 else { throw BenchFailure("the number of processors is not known") }
        return [UInt8](repeating: 0, count: 16 * Int(processors))
    }
}
