import CasaDiagnostics

/// What CASA asks of a tree beyond its being YAML, and how it says so.
enum TreeRules {
    /// What is wrong with a value that stands where a key must.
    static func mistake(inKey node: YAMLNode) -> Diagnostic? {
        switch node.content {
        case .mapping:
            return Diagnostic(
                .invalidYAML, at: node.origin, "a mapping cannot be a key", label: "used as a key"
            )
            .help("quote it if it is text")
        case .sequence:
            return Diagnostic(.invalidYAML, at: node.origin, "a list cannot be a key", label: "used as a key")
                .help("quote it if it is text")
        case .scalar(let scalar):
            if scalar.isPlain, scalar.text == "<<" {
                return Diagnostic(
                    .invalidYAML, at: node.origin, "merge keys are not supported",
                    label: "would merge a mapping"
                )
                .note("Kubernetes' reader merges here, so that what is enforced is not what is written")
                .help("write the keys out, or use an alias for the whole mapping")
            }
            if scalar.isPlain, scalar.text.isEmpty {
                return Diagnostic(
                    .invalidYAML, at: node.origin, "missing key", label: "expected a key before `:`"
                )
                .help("write `key: value`")
            }
            return nil
        }
    }

    static func duplicate(_ key: Traced<String>, first: SourceRange) -> Diagnostic {
        Diagnostic(
            .duplicateKey, at: key.origin, "key `\(key.value)` is written twice", label: "written again"
        )
        .also(first, "first written here")
        .help("keep one of them")
    }

    static func unknownAlias(_ name: String, _ place: SourceRange) -> Diagnostic {
        Diagnostic(
            .invalidYAML, at: place, "alias `*\(name)` has no anchor",
            label: "no `&\(name)` above in this document"
        )
        .help("write `&\(name)` in front of the value it stands for, or quote the text")
    }

    static func endlessAlias(_ name: String, _ place: SourceRange) -> Diagnostic {
        Diagnostic(
            .invalidYAML, at: place, "alias `*\(name)` stands inside its own anchor",
            label: "would hold itself"
        )
        .help("write the value out")
    }

    static func aliasBomb(_ place: SourceRange, _ limits: YAMLLimits) -> Diagnostic {
        Diagnostic(
            .aliasBomb, at: place, "aliases stand for more than \(limits.aliases) values",
            label: "this one exceeds the limit"
        )
        .help("write the values out")
    }

    static func tooDeep(_ place: SourceRange, _ limits: YAMLLimits) -> Diagnostic {
        Diagnostic(
            .nestedTooDeep, at: place, "nested deeper than \(limits.depth) levels",
            label: "one level too deep"
        )
        .help("flatten it; no Kubernetes resource nests that deep")
    }

    static func tooMany(_ place: SourceRange, _ limits: YAMLLimits) -> Diagnostic {
        Diagnostic(
            .inputTooLarge, at: place, "the file holds more than \(limits.nodes) keys and values",
            label: "one too many"
        )
        .help("split it, or name only the files that hold manifests")
    }
}
