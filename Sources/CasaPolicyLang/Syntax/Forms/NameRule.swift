internal import CasaDiagnostics

/// What Kubernetes takes for the name of an object (RFC 1123).
enum NameRule: Sendable {
    /// Of a namespace: no dots, 63 characters.
    case label
    /// Of most objects: labels with dots between them, 253 characters.
    case subdomain

    var limit: Int {
        switch self {
        case .label: 63
        case .subdomain: 253
        }
    }

    func admits(_ text: String) -> Bool {
        guard !text.isEmpty, text.utf8.count <= limit else { return false }
        switch self {
        case .label: return Self.isLabel(text[...])
        case .subdomain:
            return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy(Self.isLabel)
        }
    }

    /// The name, or an error that says how it would have to be written.
    func check(_ text: Traced<String>, _ reading: Reading) -> String? {
        if admits(text.value) { return text.value }
        return reading.refuse(problem(with: text))
    }

    private func problem(with text: Traced<String>) -> Diagnostic {
        if text.value.isEmpty {
            return Diagnostic(.invalidName, at: text.origin, "the name is empty").help("write a name")
        }
        if text.value.contains("*") {
            return Diagnostic(.wildcardName, at: text.origin, "the name `\(text.value)` has a wildcard")
                .help("names are compared exactly: write one entry for each name")
        }
        if text.value.utf8.count > limit {
            let length = text.value.utf8.count
            return Diagnostic(.invalidName, at: text.origin, "the name is \(length) bytes long")
                .help("a name here has at most \(limit)")
        }
        let alphabet = self == .label ? "`a-z`, `0-9` and `-`" : "`a-z`, `0-9`, `-` and `.`"
        let diagnostic = Diagnostic(
            .invalidName, at: text.origin, "`\(text.value)` is not a name of Kubernetes")
        let repaired = String(text.value.lowercased().map { $0 == "_" || $0 == " " ? "-" : $0 })
        return admits(repaired)
            ? diagnostic.help("did you mean `\(repaired)`?")
            : diagnostic.help("use \(alphabet); begin and end with a letter or digit")
    }

    private static func isLabel(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        return isAlphanumeric(first) && isAlphanumeric(last)
            && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }
}

extension Form<String> {
    /// The name of an object.
    static var objectName: Form { text.converting(NameRule.subdomain.check) }

    /// The name of a namespace.
    static var namespaceName: Form { text.converting(NameRule.label.check) }
}
