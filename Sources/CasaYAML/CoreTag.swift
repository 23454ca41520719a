/// The tags of YAML's core schema, as they stand after `!!`.
enum CoreTag: String, CaseIterable {
    case string = "str"
    case integer = "int"
    case boolean = "bool"
    case null = "null"
    case number = "float"
    case sequence = "seq"
    case mapping = "map"

    /// Reads a tag as libyaml gives it, with the prefix that `!!` stands for.
    init?(tag: String) {
        let prefix = "tag:yaml.org,2002:"
        guard tag.hasPrefix(prefix) else { return nil }
        self.init(rawValue: String(tag.dropFirst(prefix.count)))
    }

    /// The scalar that a tagged text is; nothing where the text is not what the tag says.
    func scalar(_ text: String) -> YAMLScalar? {
        let plain = YAMLScalar(text: text, isPlain: true)
        let fits =
            switch self {
            case .string: true
            case .integer: plain.integer != nil
            case .boolean: plain.boolean != nil
            case .null: plain.isNull
            case .number: plain.isNumber
            case .sequence, .mapping: false
            }
        guard fits else { return nil }
        return self == .string ? YAMLScalar(text: text, isPlain: false) : plain
    }
}
