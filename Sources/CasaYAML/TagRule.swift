import CasaDiagnostics

/// Which tags are understood, and what they do to a value.
struct TagRule {
    /// With its prefix written out.
    let tag: String

    /// The scalar that a tagged text is.
    func scalar(_ text: String, _ style: ScalarStyle, at place: SourceRange) -> Result<YAMLScalar, Refusal> {
        // The lone `!` says: a string, however it is written.
        if tag == "!" { return .success(YAMLScalar(text: text, isPlain: false)) }
        guard let core = CoreTag(tag: tag) else { return .failure(Refusal(unknown(place))) }
        guard let scalar = core.scalar(text) else {
            return .failure(Refusal(mismatch(core, "`\(text)`", place)))
        }
        return .success(scalar)
    }

    /// What is wrong with the tag of a list or mapping.
    func mistake(inCollection style: CollectionStyle, at place: SourceRange) -> Diagnostic? {
        if tag == "!" { return nil }
        guard let core = CoreTag(tag: tag) else { return unknown(place) }
        let expected = style.isMapping ? CoreTag.mapping : CoreTag.sequence
        return core == expected ? nil : mismatch(core, style.isMapping ? "a mapping" : "a list", place)
    }

    private func unknown(_ place: SourceRange) -> Diagnostic {
        Diagnostic(
            .invalidYAML, at: place, "unknown tag `\(place.text)`", label: "not a tag of YAML's core schema"
        )
        .help("remove it; the core tags are \(Self.coreTags)")
    }

    private func mismatch(_ core: CoreTag, _ value: String, _ place: SourceRange) -> Diagnostic {
        Diagnostic(
            .invalidYAML, at: place, "\(value) is not what the tag `!!\(core.rawValue)` says",
            label: "does not fit the value"
        )
        .help("remove the tag")
    }

    private static let coreTags = CoreTag.allCases.map { "`!!\($0.rawValue)`" }.joined(separator: ", ")
}
