internal import CasaDiagnostics
internal import CasaYAML

extension Form<String> {
    /// Text, and nothing that YAML takes for a number or a truth value.
    static var text: Form {
        Form { field, reading in
            if let text = field.node.scalar?.string { return text }
            let mismatch = field.mismatch(expected: "text")
            guard let scalar = field.node.scalar, !scalar.isNull else { return reading.refuse(mismatch) }
            return reading.refuse(mismatch.help("put quotes round it: `\"\(scalar.text)\"`"))
        }
    }

    /// Text for people: not empty, on one line, of a length that fits a database column.
    static var displayText: Form {
        text.converting { text, reading in
            let scalars = text.value.unicodeScalars
            let problem: String
            if scalars.isEmpty {
                problem = "the name is empty"
            } else if scalars.count > 253 {
                problem = "the name is \(scalars.count) characters long"
            } else if scalars.contains(where: { $0.properties.generalCategory == .control }) {
                problem = "the name has characters that cannot be printed"
            } else {
                return text.value
            }
            return reading.refuse(
                Diagnostic(.invalidName, at: text.origin, problem)
                    .help("write one line of 1 to 253 characters"))
        }
    }
}

extension Form<Bool> {
    static var truthValue: Form {
        Form { field, reading in
            if let value = field.node.scalar?.boolean { return value }
            let mismatch = field.mismatch(expected: "a truth value")
            let isQuoted = ["true", "false"].contains(field.node.scalar?.text)
            return reading.refuse(isQuoted ? mismatch.help("write it without quotes") : mismatch)
        }
    }
}

extension Form<UInt16> {
    /// A TCP or UDP port.
    static var port: Form {
        Form { field, reading in
            guard let scalar = field.node.scalar, scalar.isPlain, scalar.looksWhole else {
                let mismatch = field.mismatch(expected: "a whole number")
                guard let quoted = field.node.scalar, !quoted.isPlain, UInt16(quoted.text) != nil else {
                    return reading.refuse(mismatch)
                }
                return reading.refuse(mismatch.help("write `\(quoted.text)` without quotes"))
            }
            guard scalar.integer != nil || !scalar.hasLeadingZero else {
                return reading.refuse(
                    Diagnostic(.wrongType, at: field.place, "`\(scalar.text)` has a leading zero")
                        .help("write it without the zero: some readers of YAML take it for octal"))
            }
            // A number too large for a word is no port either.
            guard let value = scalar.integer, let port = UInt16(exactly: value), port > 0 else {
                return reading.refuse(.invalidPort(scalar.text, at: field.place))
            }
            return port
        }
    }
}

extension Diagnostic {
    static func invalidPort(_ text: String, at origin: SourceRange) -> Diagnostic {
        Diagnostic(.invalidPort, at: origin, "`\(text)` is not a port")
            .help("a port is a whole number from 1 to 65535")
    }
}

extension YAMLScalar {
    /// A sign and digits.
    fileprivate var looksWhole: Bool {
        let digits = text.first == "-" || text.first == "+" ? text.dropFirst() : text[...]
        return !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    fileprivate var hasLeadingZero: Bool {
        text.drop { $0 == "-" || $0 == "+" }.hasPrefix("0")
    }
}
