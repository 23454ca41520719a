internal import CasaPolicyIR

/// Picks addresses that show a class and nothing else.
struct WitnessAddress {
    private let blocks: [CIDRBlock]

    init(_ legend: WitnessLegend) {
        blocks = legend.blocks
    }

    /// The subject's own side of a packet, in a documentation range (RFC 5737, RFC 3849).
    static func local(towards peer: IPAddress) -> IPAddress {
        switch peer {
        case .v4: .v4(0xC000_0201)
        case .v6: .v6(high: 0x2001_0DB8 << 32, low: 1)
        }
    }

    /// An address that has a class only because a node was told so: in no block of the policy, if there is such a one.
    var learned: IPAddress {
        Self.documentation.first { address in !blocks.contains { $0.contains(address) } }
            ?? Self.documentation[0]
    }

    /// An address in all of these blocks and in no other of the policy; `nil` where they leave none.
    func region(_ own: [CIDRBlock]) -> IPAddress? {
        let own = Set(own.map(\.normalised))
        guard let narrowest = own.max(by: { $0.prefixLength < $1.prefixLength }) else { return nil }
        let range = narrowest.addresses
        var candidates = Self.documentation
        candidates += [range.lowerBound.next, range.lowerBound].compactMap(\.self)
        // What is left of a block begins at its start or behind a block inside it.
        candidates += blocks.filter { range.contains($0.addresses.lowerBound) }
            .sorted().compactMap(\.addresses.upperBound.next)
        return candidates.first { address in
            own.allSatisfy { $0.contains(address) }
                && blocks.allSatisfy { own.contains($0) || !$0.contains(address) }
        }
    }

    private static let documentation: [IPAddress] =
        [0xC000_0200, 0xC633_6400, 0xCB00_7100].flatMap { start in
            (2...UInt32(254)).map { IPAddress.v4(start + $0) }
        } + (2...UInt64(254)).map { IPAddress.v6(high: 0x2001_0DB8 << 32, low: $0) }
}

extension IPAddress {
    /// The next address of the family; `nil` behind the last one.
    fileprivate var next: IPAddress? {
        switch self {
        case .v4(let value): value == .max ? nil : .v4(value + 1)
        case .v6(let high, let low):
            low < .max ? .v6(high: high, low: low + 1) : high < .max ? .v6(high: high + 1, low: 0) : nil
        }
    }
}
