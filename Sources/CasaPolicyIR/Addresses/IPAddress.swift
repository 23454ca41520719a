/// An IPv4 or IPv6 address in host byte order.
///
/// IPv4-mapped IPv6 addresses (`::ffff:a.b.c.d`) are IPv4: the kernel sends IPv4 packets to them.
package enum IPAddress: Hashable, Sendable {
    case v4(UInt32)
    case v6(high: UInt64, low: UInt64)

    /// Reads the usual text forms: dotted quad (four decimal numbers without leading zeros) and RFC 4291 section 2.2.
    package init?(_ text: String) {
        if let quad = Self.dottedQuad(text[...]) {
            self = .v4(quad)
        } else if let words = Self.colonForm(text) {
            self.init(high: words.high, low: words.low)
        } else {
            return nil
        }
    }

    /// An address from the two halves of its IPv6 form; a mapped one becomes IPv4.
    package init(high: UInt64, low: UInt64) {
        self =
            high == 0 && low >> 32 == 0xFFFF
            ? .v4(UInt32(truncatingIfNeeded: low)) : .v6(high: high, low: low)
    }

    /// Four or sixteen bytes in network order.
    package init?(networkBytes bytes: some Collection<UInt8>) {
        let value = bytes.reduce((high: UInt64(0), low: UInt64(0))) { sum, byte in
            (sum.high << 8 | sum.low >> 56, sum.low << 8 | UInt64(byte))
        }
        switch bytes.count {
        case 4: self = .v4(UInt32(value.low))
        case 16: self = .v6(high: value.high, low: value.low)
        default: return nil
        }
    }

    /// The address in network order: four or sixteen bytes.
    package var networkBytes: [UInt8] {
        switch self {
        case .v4(let value): withUnsafeBytes(of: value.bigEndian, Array.init)
        case .v6(let high, let low):
            withUnsafeBytes(of: high.bigEndian, Array.init) + withUnsafeBytes(of: low.bigEndian, Array.init)
        }
    }

    /// 32 or 128.
    package var bitWidth: Int {
        switch self {
        case .v4: 32
        case .v6: 128
        }
    }

    /// `127.0.0.0/8`, `::1`, and the unspecified addresses, which the kernel connects to itself.
    package var meansLoopback: Bool {
        switch self {
        case .v4(let value): value >> 24 == 127 || value == 0
        case .v6(let high, let low): high == 0 && low <= 1
        }
    }

    private static func dottedQuad(_ text: Substring) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                part.utf8.count == 1 || part.first != "0", let number = UInt8(part)
            else { return nil }
            value = value << 8 | UInt32(number)
        }
        return value
    }

    private static func colonForm(_ text: String) -> (high: UInt64, low: UInt64)? {
        guard text.utf8.count <= 45, text.contains(":") else { return nil }
        guard let gap = text.firstRange(of: "::") else {
            guard let groups = groups(text[...]), groups.count == 8 else { return nil }
            return halves(groups)
        }
        let tail = text[gap.upperBound...]
        guard !tail.hasPrefix(":"), !tail.contains("::"), let before = groups(text[..<gap.lowerBound]),
            let after = groups(tail), before.count + after.count <= 7
        else { return nil }
        return halves(before + Array(repeating: 0, count: 8 - before.count - after.count) + after)
    }

    private static func groups(_ text: Substring) -> [UInt16]? {
        if text.isEmpty { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var result: [UInt16] = []
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.contains("."), let quad = dottedQuad(part) {
                result += [UInt16(quad >> 16), UInt16(quad & 0xFFFF)]
            } else if (1...4).contains(part.utf8.count), part.utf8.first != UInt8(ascii: "+"),
                let group = UInt16(part, radix: 16)
            {
                result.append(group)
            } else {
                return nil
            }
        }
        return result.count <= 8 ? result : nil
    }

    private static func halves(_ groups: [UInt16]) -> (high: UInt64, low: UInt64) {
        (
            groups[..<4].reduce(0) { $0 << 16 | UInt64($1) },
            groups[4...].reduce(0) { $0 << 16 | UInt64($1) }
        )
    }
}

extension IPAddress: Comparable {
    package static func < (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.v4(let left), .v4(let right)): left < right
        case (.v4, .v6): true
        case (.v6, .v4): false
        case (.v6(let leftHigh, let leftLow), .v6(let rightHigh, let rightLow)):
            (leftHigh, leftLow) < (rightHigh, rightLow)
        }
    }
}

extension IPAddress: CustomStringConvertible {
    /// Dotted quad, or the canonical form of RFC 5952.
    package var description: String {
        switch self {
        case .v4(let value):
            return [24, 16, 8, 0].map { String(value >> $0 & 0xFF) }.joined(separator: ".")
        case .v6(let high, let low):
            let groups =
                [48, 32, 16, 0].map { high >> $0 & 0xFFFF } + [48, 32, 16, 0].map { low >> $0 & 0xFFFF }
            guard let gap = Self.longestZeroRun(groups) else { return Self.hexadecimal(groups[...]) }
            return Self.hexadecimal(groups[..<gap.lowerBound]) + "::"
                + Self.hexadecimal(groups[gap.upperBound...])
        }
    }

    private static func hexadecimal(_ groups: ArraySlice<UInt64>) -> String {
        groups.map { String($0, radix: 16) }.joined(separator: ":")
    }

    private static func longestZeroRun(_ groups: [UInt64]) -> Range<Int>? {
        var best: Range<Int>?
        var start = 0
        for index in 0...groups.count where index == groups.count || groups[index] != 0 {
            if index - start > max(1, best?.count ?? 0) { best = start..<index }
            start = index + 1
        }
        return best
    }
}
