internal import CasaDiagnostics
internal import CasaYAML

/// How a value is written: reads it, or says what is wrong with it.
///
/// Forms are put together from smaller ones, so that the schema of a kind is a page that reads like a schema.
struct Form<Value: Sendable>: Sendable {
    /// INVARIANT: where it yields nothing, it has reported an error.
    let read: @Sendable (Field, Reading) -> Value?

    /// The same form with a further demand on what was read.
    func converting<Other: Sendable>(
        _ convert: @escaping @Sendable (Traced<Value>, Reading) -> Other?
    ) -> Form<Other> {
        Form<Other> { field, reading in
            read(field, reading).flatMap { convert(Traced($0, at: field.place), reading) }
        }
    }

    /// A mapping of which every key is ours: others are errors.
    static func mapping(_ what: String, _ read: @escaping @Sendable (MappingReader) -> Value?) -> Form {
        Form(what, strict: true, read)
    }

    /// The part of a Kubernetes object that we read: other keys are Kubernetes' business.
    static func excerpt(_ what: String, _ read: @escaping @Sendable (MappingReader) -> Value?) -> Form {
        Form(what, strict: false, read)
    }

    private init(_ what: String, strict: Bool, _ read: @escaping @Sendable (MappingReader) -> Value?) {
        self.read = { field, reading in
            guard let entries = field.node.mapping else {
                return reading.refuse(field.mismatch(expected: "a mapping"))
            }
            let keys = MappingReader(what, entries, of: field, strict: strict, reading: reading)
            let value = read(keys)
            return keys.finish() ? value : nil
        }
    }

    init(read: @escaping @Sendable (Field, Reading) -> Value?) {
        self.read = read
    }
}

extension Form {
    /// A list; items that cannot be read are left out, and have been reported.
    static func list<Item: Sendable>(of item: Form<Item>) -> Form where Value == [Traced<Item>] {
        Form { field, reading in
            guard let items = field.node.sequence else {
                return reading.refuse(field.mismatch(expected: "a list"))
            }
            return items.compactMap { node in
                item.read(Field(node), reading).map { Traced($0, at: node.origin) }
            }
        }
    }

    /// One of the values of an enumeration, spelled exactly.
    static func oneOf(_ values: [Value], _ what: String) -> Form
    where Value: RawRepresentable, Value.RawValue == String {
        Form<String>.text.converting { text, reading in
            if let value = values.first(where: { $0.rawValue == text.value }) { return value }
            let names = values.map(\.rawValue)
            let meant = closestMatch(to: text.value, among: names).map { "did you mean `\($0)`?" }
            return reading.refuse(
                Diagnostic(.unknownValue, at: text.origin, "unknown \(what) `\(text.value)`")
                    .help(meant ?? "write \(names.inBackticks(joinedBy: "or"))"))
        }
    }
}

extension [String] {
    /// The words in a sentence: `` `a`, `b` and `c` ``.
    func inBackticks(joinedBy word: String = "and") -> String {
        let quoted = map { "`\($0)`" }
        guard let last = quoted.last, quoted.count > 1 else { return quoted.joined() }
        return "\(quoted.dropLast().joined(separator: ", ")) \(word) \(last)"
    }
}
