internal import CasaDiagnostics
internal import CasaYAML

/// Reads a mapping key by key, and at the end says which keys were missing and which nobody knows.
final class MappingReader {
    let field: Field
    let reading: Reading
    private let what: String
    private let strict: Bool
    private let entries: [YAMLEntry]
    private var known: [String] = []
    private var missing: [String] = []
    private var hints: [String: String] = [:]

    init(_ what: String, _ entries: [YAMLEntry], of field: Field, strict: Bool, reading: Reading) {
        self.what = what
        self.entries = entries
        self.field = field
        self.strict = strict
        self.reading = reading
    }

    /// The whole mapping.
    var origin: SourceRange { field.node.origin }

    func optional<Value>(_ key: String, _ form: Form<Value>) -> Traced<Value>? {
        known.append(key)
        guard let found = entry(key) else { return nil }
        let field = Field(found.value, under: found.key)
        if field.isNull {
            if strict { reportEmpty(found.key) }
            return nil
        }
        return form.read(field, reading).map { Traced($0, at: found.value.origin) }
    }

    func required<Value>(_ key: String, _ form: Form<Value>) -> Traced<Value>? {
        if let found = entry(key) {
            if !strict, found.value.scalar?.isNull ?? false { reportEmpty(found.key) }
        } else {
            missing.append(key)
        }
        return optional(key, form)
    }

    /// A list; an absent one is empty.
    func list<Item>(_ key: String, of form: Form<Item>) -> [Traced<Item>] {
        optional(key, .list(of: form))?.value ?? []
    }

    /// Keys that may stand here and say nothing to us.
    func ignore(_ keys: String...) {
        known += keys
    }

    /// What to do about a key that people write here by mistake.
    func hint(_ key: String, _ help: String) {
        hints[key] = help
    }

    func entry(_ key: String) -> YAMLEntry? {
        entries.first { $0.key.value == key }
    }

    /// Whether there are keys that nobody has asked for so far.
    var hasUnknownKeys: Bool { entries.contains { !known.contains($0.key.value) } }

    /// Says what was missing or unknown; whether nothing was missing.
    func finish() -> Bool {
        let complete = missing.isEmpty
        var absent = known.filter { entry($0) == nil }
        var seen: Set<String> = []
        for key in entries.map(\.key) where !known.contains(key.value) && seen.insert(key.value).inserted {
            let meant = meaning(of: key.value, among: strict ? absent : missing)
            guard strict || meant != nil else { continue }
            // One mistake, one diagnostic: a key that is spelled wrong is not missing as well.
            missing.removeAll { $0 == meant }
            absent.removeAll { $0 == meant }
            reading.report(unknown(key, meant: meant))
        }
        if !missing.isEmpty {
            let keys = missing.inBackticks()
            let message = "missing \(missing.count == 1 ? "key" : "keys") \(keys) of \(what)"
            reading.report(Diagnostic(.missingKey, at: field.heading, message).help("add \(keys)"))
        }
        return complete
    }

    /// The absent key that was meant; one that is known elsewhere was not meant to be another.
    private func meaning(of key: String, among absent: [String]) -> String? {
        if let other = absent.first(where: { $0.lowercased() == key.lowercased() }) { return other }
        guard hints[key] == nil, reading.vocabulary.parents(of: key).isEmpty else { return nil }
        return closestMatch(to: key, among: absent)
    }

    private func unknown(_ key: Traced<String>, meant: String?) -> Diagnostic {
        let message = "unknown key `\(key.value)` in \(what)"
        return Diagnostic(.unknownKey, at: key.origin, message, label: "not a key of \(what)")
            .help(help(for: key.value, meant: meant))
    }

    private func help(for key: String, meant: String?) -> String {
        if let hint = hints[key] { return hint }
        if let meant { return "did you mean `\(meant)`?" }
        let parents = reading.vocabulary.parents(of: key)
        guard parents.isEmpty else { return "`\(key)` belongs under \(parents.inBackticks(joinedBy: "or"))" }
        return "\(what) has the keys \(known.inBackticks())"
    }

    private func reportEmpty(_ key: Traced<String>) {
        reading.report(
            Diagnostic(.missingKey, at: key.origin, "`\(key.value)` has no value")
                .help("write a value after `\(key.value):`, or remove the key"))
    }
}
