/// A block of addresses that share a prefix (RFC 4632, RFC 4291).
package struct CIDRBlock: Hashable, Sendable {
    /// The address as it was given; its host bits may be set.
    package let address: IPAddress
    package let prefixLength: Int

    /// Reads `address/length`; `nil` unless both parts are well formed.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPAddress(String(parts[0])),
            (1...3).contains(parts[1].utf8.count),
            parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            parts[1].utf8.count == 1 || parts[1].first != "0", let length = Int(parts[1])
        else { return nil }
        // A mapped IPv6 block is written in IPv4 form, or its prefix length would mean something else.
        if case .v4 = address, parts[0].contains(":") { return nil }
        self.init(address, prefixLength: length)
    }

    package init?(_ address: IPAddress, prefixLength: Int) {
        guard (0...address.bitWidth).contains(prefixLength) else { return nil }
        self.address = address
        self.prefixLength = prefixLength
    }

    package var hasHostBits: Bool { addresses.lowerBound != address }

    /// The same block with its host bits cleared.
    package var normalised: CIDRBlock { CIDRBlock(addresses.lowerBound, prefixLength: prefixLength) ?? self }

    /// First to last address.
    package var addresses: ClosedRange<IPAddress> {
        switch address {
        case .v4(let value):
            let mask = prefixLength == 0 ? 0 : UInt32.max << UInt32(32 - prefixLength)
            return .v4(value & mask)...(.v4(value | ~mask))
        case .v6(let high, let low):
            // Shifts by 64 and more leave nothing, as a prefix of length zero wants it.
            let highMask = UInt64.max << max(0, 64 - prefixLength)
            let lowMask = UInt64.max << (128 - max(64, prefixLength))
            // Not through init(high:low:): the ends of an IPv6 block stay IPv6, also around the mapped range.
            return .v6(
                high: high & highMask, low: low & lowMask)...(.v6(high: high | ~highMask, low: low | ~lowMask))
        }
    }

    package func contains(_ other: IPAddress) -> Bool { addresses.contains(other) }
}

extension CIDRBlock: Comparable {
    package static func < (left: Self, right: Self) -> Bool {
        (left.address, left.prefixLength) < (right.address, right.prefixLength)
    }
}

extension CIDRBlock: CustomStringConvertible {
    package var description: String { "\(address)/\(prefixLength)" }
}
