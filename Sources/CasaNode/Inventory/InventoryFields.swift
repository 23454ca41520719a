internal import CasaDiagnostics
internal import CasaYAML

/// The keys of one mapping, all of them known.
struct InventoryFields {
    /// Of the whole mapping.
    let origin: SourceRange
    /// As in `a workload needs a name`.
    let subject: String
    fileprivate let entries: [YAMLEntry]

    /// The value of a key that was written and is not `null`.
    subscript(key: String) -> YAMLNode? {
        guard let value = entries.first(where: { $0.key.value == key })?.value else { return nil }
        return value.scalar?.isNull == true ? nil : value
    }
}

extension InventoryReading {
    mutating func say(_ range: SourceRange, _ message: String, label: String) {
        diagnostics.append(Diagnostic(.invalidInventory, at: range, message, label: label))
    }

    /// The fields of a mapping; says which keys nobody knows.
    mutating func fields(of node: YAMLNode, _ subject: String, keys: [String]) -> InventoryFields? {
        guard let entries = node.mapping else {
            say(node.origin, "\(subject) is a mapping", label: Self.found(node))
            return nil
        }
        for entry in entries where !keys.contains(entry.key.value) {
            let problem = Diagnostic(
                .invalidInventory, at: entry.key.origin, "unknown key `\(entry.key.value)`",
                label: "not a key of \(subject)")
            diagnostics.append(
                closestMatch(to: entry.key.value, among: keys).map { problem.help("did you mean `\($0)`?") }
                    ?? problem.help("the keys are \(Self.enumeration(keys))"))
        }
        return InventoryFields(origin: node.origin, subject: subject, entries: entries)
    }

    mutating func list(_ key: String, in fields: InventoryFields) -> [YAMLNode] {
        guard let node = fields[key] else { return [] }
        if let nodes = node.sequence { return nodes }
        say(node.origin, "`\(key)` is a list", label: Self.found(node))
        return []
    }

    mutating func truth(_ key: String, in fields: InventoryFields) -> Traced<Bool> {
        guard let node = fields[key] else { return Traced(false, at: fields.origin) }
        if let value = node.scalar?.boolean { return Traced(value, at: node.origin) }
        say(node.origin, "`\(key)` is `true` or `false`", label: Self.found(node))
        return Traced(false, at: node.origin)
    }

    /// A text that must be there.
    mutating func text(_ key: String, in fields: InventoryFields, _ form: TextForm) -> Traced<String>? {
        guard let node = fields[key] else {
            say(fields.origin, "\(fields.subject) needs a `\(key)`", label: "no `\(key)` here")
            return nil
        }
        return text(node, "`\(key)`", form)
    }

    mutating func text(_ node: YAMLNode, _ what: String, _ form: TextForm) -> Traced<String>? {
        guard let text = node.scalar?.string else {
            let problem = Diagnostic(
                .invalidInventory, at: node.origin, "\(what) is a text", label: Self.found(node))
            diagnostics.append(node.scalar == nil ? problem : problem.help("put it in quotes"))
            return nil
        }
        guard form.admits(text) else {
            say(node.origin, "\(what) is \(form.rawValue)", label: "not \(form.rawValue)")
            return nil
        }
        return Traced(text, at: node.origin)
    }

    mutating func expect(_ expected: String, at key: String, in fields: InventoryFields) {
        guard let written = text(key, in: fields, .anything), written.value != expected else { return }
        say(written.origin, "`\(key)` of an inventory is `\(expected)`", label: "not `\(expected)`")
    }

    private static func found(_ node: YAMLNode) -> String {
        switch node.content {
        case .mapping: "this is a mapping"
        case .sequence: "this is a list"
        case .scalar(let scalar): scalar.isNull ? "nothing is here" : "this is a single value"
        }
    }

    private static func enumeration(_ keys: [String]) -> String {
        keys.map { "`\($0)`" }.joined(separator: ", ")
    }
}
