internal import CYAML

/// libyaml's event parser over one stream of UTF-8 text; the only file that knows the library.
struct EventStream: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    /// libyaml keeps a pointer to its input, so the stream owns a copy that does not move.
    private let input: UnsafeMutableBufferPointer<UInt8>
    private let start: Int
    private let offsets: ScalarOffsets

    init(_ bytes: [UInt8], _ content: Range<Int>) {
        start = content.lowerBound
        offsets = ScalarOffsets(bytes, content)
        input = .allocate(capacity: max(content.count, 1))
        _ = input.initialize(fromContentsOf: bytes[content])
        parser = .allocate(capacity: 1)
        precondition(yaml_parser_initialize(parser) == 1, "no memory for a YAML parser")
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, content.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    /// The next event; not to be asked again after the end of the stream or a complaint.
    mutating func next() throws(ParserComplaint) -> Event {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw complaint }
        defer { yaml_event_delete(&event) }
        let lower = offsets.byte(ofScalar: event.start_mark.index)
        let upper = offsets.byte(ofScalar: event.end_mark.index)
        return Event(kind: Self.kind(of: event), bytes: lower..<max(lower, upper))
    }

    private static func kind(of event: yaml_event_t) -> Event.Kind {
        switch event.type {
        case YAML_STREAM_START_EVENT: return .streamStart
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_ALIAS_EVENT: return .alias(text(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return .scalar(
                text: String(decoding: bytes, as: UTF8.self), style: style(of: scalar.style),
                properties: NodeProperties(anchor: text(scalar.anchor), tag: text(scalar.tag)))
        case YAML_SEQUENCE_START_EVENT:
            let sequence = event.data.sequence_start
            return .collectionStart(
                CollectionStyle(isMapping: false, isFlow: sequence.style == YAML_FLOW_SEQUENCE_STYLE),
                properties: NodeProperties(anchor: text(sequence.anchor), tag: text(sequence.tag)))
        case YAML_MAPPING_START_EVENT:
            let mapping = event.data.mapping_start
            return .collectionStart(
                CollectionStyle(isMapping: true, isFlow: mapping.style == YAML_FLOW_MAPPING_STYLE),
                properties: NodeProperties(anchor: text(mapping.anchor), tag: text(mapping.tag)))
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return .collectionEnd
        // libyaml answers with an empty event when it is asked again behind the end.
        default: return .streamEnd
        }
    }

    private static func style(of style: yaml_scalar_style_t) -> ScalarStyle {
        switch style {
        case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
        case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: .quoted
        default: .plain
        }
    }

    private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    private var complaint: ParserComplaint {
        let state = parser.pointee
        let problem = state.problem.map { String(cString: $0) } ?? ""
        let context = state.context.map { String(cString: $0) } ?? ""
        switch state.error {
        case YAML_READER_ERROR:
            return ParserComplaint(
                origin: .character(UInt32(truncatingIfNeeded: state.problem_value)), problem: problem,
                context: "",
                offset: start + state.problem_offset, contextOffset: nil)
        case YAML_SCANNER_ERROR, YAML_PARSER_ERROR:
            return ParserComplaint(
                origin: .grammar, problem: problem, context: context,
                offset: offsets.byte(ofScalar: state.problem_mark.index),
                contextOffset: context.isEmpty ? nil : offsets.byte(ofScalar: state.context_mark.index))
        default:
            return ParserComplaint(
                origin: .memory, problem: problem, context: "", offset: start, contextOffset: nil)
        }
    }
}
