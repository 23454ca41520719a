package import CasaDiagnostics

/// A YAML value with the exact bytes it was written in.
package struct YAMLNode: Sendable {
    package enum Content: Sendable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        case mapping([YAMLEntry])
    }

    package let content: Content
    /// From the first byte of the value to the last byte of its last child; never trailing blank lines.
    package let origin: SourceRange

    package init(_ content: Content, at origin: SourceRange) {
        self.content = content
        self.origin = origin
    }

    package var scalar: YAMLScalar? {
        if case .scalar(let scalar) = content { scalar } else { nil }
    }

    package var sequence: [YAMLNode]? {
        if case .sequence(let nodes) = content { nodes } else { nil }
    }

    package var mapping: [YAMLEntry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// The value of a key of a mapping; the first where it is written twice.
    package subscript(key: String) -> YAMLNode? {
        mapping?.first { $0.key.value == key }?.value
    }
}

/// One `key: value` of a mapping, in the order in which it was written.
package struct YAMLEntry: Sendable {
    package let key: Traced<String>
    package let value: YAMLNode

    package init(key: Traced<String>, value: YAMLNode) {
        self.key = key
        self.value = value
    }
}

/// A scalar as it was written; what it means is asked, never guessed at reading time.
package struct YAMLScalar: Hashable, Sendable {
    package let text: String
    /// Written without quotes, so that `8080`, `true` and `null` are a number, a truth value and nothing.
    package let isPlain: Bool

    package init(text: String, isPlain: Bool) {
        self.text = text
        self.isPlain = isPlain
    }

    /// `null`, `~` or an empty plain scalar.
    package var isNull: Bool { isPlain && ["", "~", "null", "Null", "NULL"].contains(text) }

    /// A whole number in decimal, as Kubernetes manifests write it.
    package var integer: Int? {
        guard isPlain, let first = text.utf8.first else { return nil }
        let digits = first == UInt8(ascii: "-") || first == UInt8(ascii: "+") ? text.dropFirst() : text[...]
        // A leading zero is octal to YAML 1.1 and decimal to 1.2; neither reading is safe to guess.
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        guard digits.count == 1 || digits.utf8.first != UInt8(ascii: "0") else { return nil }
        return Int(text)
    }

    /// `true` and `false`; also the spellings of YAML 1.1 that Kubernetes' reader takes.
    package var boolean: Bool? {
        guard isPlain else { return nil }
        switch text {
        case "true", "True", "TRUE", "yes", "Yes", "YES", "y", "Y", "on", "On", "ON": return true
        case "false", "False", "FALSE", "no", "No", "NO", "n", "N", "off", "Off", "OFF": return false
        default: return nil
        }
    }

    /// The text where the value is a string: quoted, or plain and nothing else (not a number, truth value or null).
    package var string: String? {
        guard isPlain else { return text }
        return isNull || boolean != nil || isNumber ? nil : text
    }
}

/// One document of a stream.
package struct YAMLDocument: Sendable {
    package let root: YAMLNode
    /// Comments are not part of the tree; whoever wants them finds them in the bytes.
    package let file: SourceFile

    package init(root: YAMLNode, file: SourceFile) {
        self.root = root
        self.file = file
    }
}
