package import CasaPolicyIR

/// Blocks of addresses that are likely to hold each other, to touch, or to be the same.
package struct BlockGenerator: Sendable {
    private var earlier: [CIDRBlock] = []

    package init() {}

    package mutating func block(_ random: inout SeededGenerator) -> CIDRBlock {
        let block = next(&random)
        earlier.append(block)
        return block
    }

    private func next(_ random: inout SeededGenerator) -> CIDRBlock {
        guard !earlier.isEmpty, random.chance(60) else { return fresh(&random) }
        let other = random.pick(earlier)
        switch random.number(below: 4) {
        case 0: return inside(other, &random)
        case 1: return around(other, &random)
        case 2: return beside(other, after: true)
        default: return beside(other, after: false)
        }
    }

    private static let ends = [
        "0.0.0.0/0", "0.0.0.0/32", "255.255.255.255/32", "128.0.0.0/1", "224.0.0.0/4", "10.1.2.3/8", "::/0",
        "::1/128",
        "8000::/1", "fd00::/8", "::fffe:0:0/95", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128",
    ]

    private func fresh(_ random: inout SeededGenerator) -> CIDRBlock {
        if random.chance(25), let block = CIDRBlock(random.pick(Self.ends)) { return block }
        let address: IPAddress =
            random.chance(60)
            ? .v4(0x0A00_0000 + UInt32(random.number(below: 1 << 20)))
            : .v6(high: 0xFD00_0000_0000_0000 | UInt64(random.number(below: 4)), low: random.next() >> 40)
        let least = address.bitWidth == 32 ? 12 : 60
        return block(address, least + random.number(below: address.bitWidth - least + 1))
    }

    private func inside(_ other: CIDRBlock, _ random: inout SeededGenerator) -> CIDRBlock {
        let ends = other.addresses
        let length = min(other.prefixLength + 1 + random.number(below: 10), other.address.bitWidth)
        return block(random.chance(50) ? ends.lowerBound : ends.upperBound, length)
    }

    private func around(_ other: CIDRBlock, _ random: inout SeededGenerator) -> CIDRBlock {
        block(other.address, max(0, other.prefixLength - 1 - random.number(below: 4)))
    }

    private func beside(_ other: CIDRBlock, after: Bool) -> CIDRBlock {
        let ends = other.addresses
        return block(after ? ends.upperBound.next : ends.lowerBound.previous, other.prefixLength)
    }

    private func block(_ address: IPAddress, _ length: Int) -> CIDRBlock {
        guard let block = CIDRBlock(address, prefixLength: length) else {
            preconditionFailure("lengths are held between zero and the width")
        }
        return block.normalised
    }
}

extension IPAddress {
    /// The address behind this one; the first of all behind the last.
    package var next: IPAddress {
        switch self {
        case .v4(let value): .v4(value &+ 1)
        case .v6(let high, let low): .v6(high: low == .max ? high &+ 1 : high, low: low &+ 1)
        }
    }

    /// The address before this one; the last of all before the first.
    package var previous: IPAddress {
        switch self {
        case .v4(let value): .v4(value &- 1)
        case .v6(let high, let low): .v6(high: low == 0 ? high &- 1 : high, low: low &- 1)
        }
    }
}
