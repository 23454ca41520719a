/// How a name may be written.
enum TextForm: String {
    case anything = "a text"
    case label = "a DNS label: lower-case letters, digits and `-`"
    case subdomain = "a DNS subdomain: lower-case letters, digits, `-` and `.`"
    case domainName = "a domain name in ASCII"
    case cgroupPath = "a path without empty, `.` or `..` parts"

    func admits(_ text: String) -> Bool {
        switch self {
        case .anything: return true
        case .label: return Self.isLabel(text[...])
        case .subdomain: return text.utf8.count <= 253 && Self.parts(text[...], ".").allSatisfy(Self.isLabel)
        case .domainName:
            let plain = text.hasPrefix("*.") ? text.dropFirst(2) : text[...]
            let absolute = plain.hasSuffix(".") ? plain.dropLast() : plain
            return plain.utf8.count <= 254 && Self.parts(absolute, ".").allSatisfy(Self.isHostPart)
        case .cgroupPath:
            let relative = text.hasPrefix("/") ? text.dropFirst() : text[...]
            return text.utf8.count < 4096 && !text.utf8.contains(0)
                && Self.parts(relative, "/").allSatisfy { !["", ".", ".."].contains($0) }
        }
    }

    private static func parts(_ text: Substring, _ separator: Character) -> [Substring] {
        text.split(separator: separator, omittingEmptySubsequences: false)
    }

    /// RFC 1123: what Kubernetes calls a label.
    private static func isLabel(_ text: Substring) -> Bool {
        let isOuter = { (byte: UInt8) in isLower(byte) || isDigit(byte) }
        guard let first = text.utf8.first, let last = text.utf8.last, text.utf8.count <= 63 else {
            return false
        }
        return isOuter(first) && isOuter(last)
            && text.utf8.allSatisfy { isOuter($0) || $0 == UInt8(ascii: "-") }
    }

    /// Underscores are no host names, and are looked up all the same.
    private static func isHostPart(_ text: Substring) -> Bool {
        (1...63).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                isLower(byte | 0x20) || isDigit(byte) || byte == UInt8(ascii: "-")
                    || byte == UInt8(ascii: "_")
            } && text.utf8.first != UInt8(ascii: "-") && text.utf8.last != UInt8(ascii: "-")
    }

    private static func isLower(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
