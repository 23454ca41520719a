/// One step of libyaml through a stream, with the bytes it was made of.
struct Event {
    enum Kind {
        case streamStart
        case streamEnd
        case documentStart
        case documentEnd
        case alias(String)
        case scalar(text: String, style: ScalarStyle, properties: NodeProperties)
        case collectionStart(CollectionStyle, properties: NodeProperties)
        case collectionEnd
    }

    let kind: Kind
    /// As libyaml gives it: for block scalars and block collections the end lies at the next token.
    let bytes: Range<Int>
}

/// How a scalar was written, as far as anyone asks.
enum ScalarStyle {
    case plain
    case quoted
    case block
}

/// What a collection is and how it was written.
struct CollectionStyle {
    let isMapping: Bool
    /// In brackets or braces.
    let isFlow: Bool
}

/// What may stand in front of a value: `&anchor` and `!tag`, the tag with its prefix written out.
struct NodeProperties {
    let anchor: String?
    let tag: String?

    var isEmpty: Bool { anchor == nil && tag == nil }
}

/// libyaml's own words about input that is not YAML.
struct ParserComplaint: Error {
    enum Origin {
        case memory
        /// A character that may not be in a YAML stream at all; the number is its code point.
        case character(UInt32)
        case grammar
    }

    let origin: Origin
    let problem: String
    /// What libyaml was busy with; empty where it does not say.
    let context: String
    /// Byte offset of the problem.
    let offset: Int
    /// Byte offset at which what libyaml was busy with begins.
    let contextOffset: Int?
}
