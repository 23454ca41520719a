internal import CasaDiagnostics
internal import CasaPolicyIR

extension Form<DomainName> {
    /// The full name of a host in ASCII form, and nothing but the name.
    static var domainName: Form {
        Form<String>.text.converting { text, reading in
            if HostName.isFullyQualified(text.value) { return DomainName(text.value) }
            return reading.refuse(DomainNameProblem(text).diagnostic)
        }
    }
}

/// Letters, digits and hyphens between dots (RFC 1123 section 2.1).
enum HostName {
    /// A name of one or more labels, of which the last is not a number.
    static func isWellFormed(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 253, let last = labels.last, !last.utf8.allSatisfy(isDigit) else {
            return false
        }
        return labels.allSatisfy { label in
            guard let first = label.utf8.first, let last = label.utf8.last else { return false }
            return label.utf8.count <= 63 && first != hyphen && last != hyphen
                && label.utf8.allSatisfy { isDigit($0) || isLetter($0) || $0 == hyphen }
        }
    }

    static func isFullyQualified(_ text: String) -> Bool {
        text.contains(".") && isWellFormed(text[...])
    }

    /// What is left of a URL, or of a name with a port, path or final dot.
    static func bare(_ text: String) -> String {
        var rest = text[...]
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        rest = rest.prefix { !"/?#".contains($0) }
        if let account = rest.lastIndex(of: "@") { rest = rest[rest.index(after: account)...] }
        rest = rest.prefix { $0 != ":" }
        return String(rest.hasSuffix(".") ? rest.dropLast() : rest)
    }

    private static let hyphen = UInt8(ascii: "-")

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}

/// What is wrong with a text that should be a domain name, from the likeliest mistake to the rarest.
private struct DomainNameProblem {
    let diagnostic: Diagnostic

    init(_ text: Traced<String>) {
        let name = text.value
        let bare = HostName.bare(name)
        let message: String
        let help: String
        if name.isEmpty {
            (message, help) = ("the domain name is empty", "write the full name of the host")
        } else if IPAddress(name.filter { $0 != "[" && $0 != "]" }) != nil {
            message = "`\(name)` is an address, not a domain name"
            help = "write the name of the host: its addresses are learned from the answers to that name"
        } else if name.contains("*") {
            message = "`\(name)` has a wildcard"
            help = "domain names are compared exactly: write the full name of one host"
        } else if !name.utf8.allSatisfy({ $0 < 0x80 }) {
            message = "`\(name)` is not in ASCII form"
            help = "write the form that goes over the wire, with `xn--`"
        } else if bare != name, HostName.isFullyQualified(bare) {
            message = "`\(name)` is more than a domain name"
            help = "write only the host name: `\(bare)`"
        } else if !name.contains("."), HostName.isWellFormed(name[...]) {
            message = "`\(name)` is not a full domain name"
            help = "write every label of it, as in `api.example.com`"
        } else {
            message = "`\(name)` is not a domain name"
            help = "use letters, digits and inner hyphens with dots between: 63 in a label, 253 in all"
        }
        diagnostic = Diagnostic(.invalidDomainName, at: text.origin, message).help(help)
    }
}
