package import CasaDiagnostics
internal import CasaYAML

/// A label or annotation: a key and its value, each with its place.
package typealias LabelSyntax = (key: Traced<String>, value: Traced<String>)

/// What Kubernetes takes for the two halves of a label.
enum LabelRule {
    /// `name` or `prefix/name`; the prefix is a domain name.
    static func admits(key: String) -> Bool {
        let parts = key.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.last, !name.isEmpty, admits(value: String(name)) else { return false }
        return parts.count == 1 || NameRule.subdomain.admits(String(parts[0]))
    }

    /// At most 63 letters, digits, `-`, `_` and `.`, with a letter or digit at both ends; or nothing.
    static func admits(value: String) -> Bool {
        guard let first = value.utf8.first, let last = value.utf8.last else { return true }
        return value.utf8.count <= 63 && isAlphanumeric(first) && isAlphanumeric(last)
            && value.utf8.allSatisfy { isAlphanumeric($0) || "-_.".utf8.contains($0) }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}

extension Form<[LabelSyntax]> {
    /// Labels, as metadata carries them and selectors demand them.
    static var labels: Form {
        pairs { pair, reading in
            if !LabelRule.admits(key: pair.key.value) {
                reading.report(
                    Diagnostic(
                        .invalidSelector, at: pair.key.origin, "`\(pair.key.value)` is not a label's key"
                    )
                    .help("write `name` or `domain.example/name`; a name has at most 63 characters"))
            } else if !LabelRule.admits(value: pair.value.value) {
                let message = "`\(pair.value.value)` is not a label's value"
                reading.report(
                    Diagnostic(.invalidSelector, at: pair.value.origin, message)
                        .help("use at most 63 letters, digits and inner `-`, `_` and `.`"))
            }
        }
    }

    /// Annotations: any text under any key.
    static var annotations: Form { pairs { _, _ in } }

    private static func pairs(_ check: @escaping @Sendable (LabelSyntax, Reading) -> Void) -> Form {
        Form { field, reading in
            guard let entries = field.node.mapping else {
                return reading.refuse(field.mismatch(expected: "a mapping"))
            }
            return entries.compactMap { entry in
                let field = Field(entry.value, under: entry.key)
                if field.isNull {
                    return reading.refuse(
                        Diagnostic(.missingKey, at: entry.key.origin, "`\(entry.key.value)` has no value")
                            .help("write `\"\"` for an empty one"))
                }
                guard let text = Form<String>.text.read(field, reading) else { return nil }
                let pair = (key: entry.key, value: Traced(text, at: entry.value.origin))
                check(pair, reading)
                return pair
            }
        }
    }
}
