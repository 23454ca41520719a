internal import CasaBundle

/// The flows that are asked about, in one random cycle (`struct bench_flow`).
struct FlowCycle {
    static let count = 4096

    struct Flow {
        let peer: GeneratedNamespace.Peer
        let localPort: UInt16
        let next: Int
        let length: UInt32
    }

    let flows: [Flow]

    init(_ peers: [GeneratedNamespace.Peer]) {
        var random = SplitMix(seed: 7)
        let order = Array(0..<Self.count).shuffled(using: &random)
        var next = [Int](repeating: 0, count: Self.count)
        for (index, flow) in order.enumerated() { next[flow] = order[(index + 1) % Self.count] }
        flows = next.enumerated().map { number, next in
            Flow(
                peer: peers[Int.random(in: 0..<peers.count, using: &random)],
                localPort: UInt16(20_000 + number),
                next: next, length: UInt32.random(in: 60...1500, using: &random))
        }
    }

    /// The content of `.data.flows`.
    var bytes: [UInt8] {
        var writer = ByteWriter()
        for flow in flows {
            writer.append(flow.peer.address.byteSwapped)
            writer.append(flow.peer.port)
            writer.append(flow.localPort)
            writer.append(UInt32(flow.next))
            writer.append(flow.length)
        }
        return writer.bytes
    }
}
