import CasaDiagnostics

/// Builds the trees of a stream from its events, without recursion and within the limits.
struct TreeBuilder {
    /// More mistakes than this are one mistake, made by whoever chose the file.
    private static let mistakeLimit = 100

    private let file: SourceFile
    private let limits: YAMLLimits
    private(set) var documents: [YAMLDocument] = []
    private(set) var mistakes: [Diagnostic] = []
    /// Whether the trees hold everything that the file says.
    private(set) var isFaithful = true

    private var open: [OpenCollection] = []
    private var root: YAMLNode?
    private var anchors: [String: BuiltNode] = [:]
    private var nodes = 0
    private var expanded = 0

    init(file: SourceFile, limits: YAMLLimits) {
        self.file = file
        self.limits = limits
    }

    mutating func take(_ event: Event) throws(Refusal) {
        switch event.kind {
        case .streamStart, .streamEnd: break
        case .documentStart:
            anchors = [:]
            root = nil
        case .documentEnd: finishDocument()
        case .alias(let name):
            try count(event.bytes)
            try complete(try expand(name, at: range(event.bytes)))
        case .scalar(let text, let style, let properties):
            try count(event.bytes)
            try finishScalar(text, style, properties, event.bytes)
        case .collectionStart(let style, let properties):
            try count(event.bytes)
            try openCollection(style, properties, event.bytes)
        case .collectionEnd:
            guard let collection = open.popLast() else {
                preconditionFailure("libyaml ended what it did not begin")
            }
            let built = collection.finished(in: file, end: event.bytes.upperBound)
            if let anchor = collection.anchor { anchors[anchor] = built }
            try complete(built)
        }
    }

    /// Adds a document unless nothing stands between its markers.
    private mutating func finishDocument() {
        guard let root else { return }
        if let scalar = root.scalar, scalar.isPlain, root.origin.bytes.isEmpty { return }
        documents.append(YAMLDocument(root: root, file: file))
    }

    private mutating func openCollection(
        _ style: CollectionStyle, _ properties: NodeProperties, _ bytes: Range<Int>
    ) throws(Refusal) {
        var start = bytes.lowerBound
        if !properties.isEmpty {
            let span = PropertySpan(file.bytes, from: start)
            start = span.valueStart
            if let tag = properties.tag {
                let mistake = TagRule(tag: tag).mistake(
                    inCollection: style, at: range(span.tag ?? bytes))
                if let mistake { try report(mistake) }
            }
        }
        let first: UInt8? = start < file.bytes.count ? file.bytes[start] : nil
        if style.isFlow, let template = TemplateRule(file: file).template(at: start) {
            throw Refusal(template)
        }
        if open.count >= limits.depth { throw Refusal(TreeRules.tooDeep(range(opening(at: start)), limits)) }
        // `[a: b]` holds a mapping that begins and ends without a brace.
        let isBracketed = style.isFlow && first == UInt8(ascii: style.isMapping ? "{" : "[")
        open.append(
            OpenCollection(
                isMapping: style.isMapping, isBracketed: isBracketed, start: start, anchor: properties.anchor)
        )
    }

    private mutating func finishScalar(
        _ text: String, _ style: ScalarStyle, _ properties: NodeProperties, _ bytes: Range<Int>
    ) throws(Refusal) {
        let extent = ScalarExtent(bytes: file.bytes, event: bytes, properties: properties)
        let origin = range(extent.range(text: text, style: style))
        var scalar = YAMLScalar(text: text, isPlain: style == .plain)
        if let tag = properties.tag {
            let place = PropertySpan(file.bytes, from: bytes.lowerBound).tag ?? bytes
            switch TagRule(tag: tag).scalar(text, style, at: range(place)) {
            case .success(let tagged): scalar = tagged
            case .failure(let refusal): try report(refusal.diagnostic)
            }
        }
        let built = BuiltNode(node: YAMLNode(.scalar(scalar), at: origin), size: 1, height: 0)
        if let anchor = properties.anchor { anchors[anchor] = built }
        try complete(built)
    }

    /// The value an alias stands for: itself placed at the alias, its parts where they are written.
    private mutating func expand(_ name: String, at place: SourceRange) throws(Refusal) -> BuiltNode {
        if open.contains(where: { $0.anchor == name }) { throw Refusal(TreeRules.endlessAlias(name, place)) }
        guard let anchor = anchors[name] else { throw Refusal(TreeRules.unknownAlias(name, place)) }
        expanded += anchor.size
        if expanded > limits.aliases { throw Refusal(TreeRules.aliasBomb(place, limits)) }
        if open.count + anchor.height > limits.depth { throw Refusal(TreeRules.tooDeep(place, limits)) }
        return BuiltNode(
            node: YAMLNode(anchor.node.content, at: place), size: anchor.size, height: anchor.height)
    }

    /// Gives a finished value to what it stands in.
    private mutating func complete(_ value: BuiltNode) throws(Refusal) {
        guard let last = open.indices.last else {
            root = value.node
            return
        }
        if open[last].isMapping, case .absent = open[last].key {
            try takeKey(value.node, into: last)
        } else {
            open[last].append(value)
        }
    }

    private mutating func takeKey(_ node: YAMLNode, into index: Int) throws(Refusal) {
        if let mistake = TreeRules.mistake(inKey: node) {
            open[index].key = .dropped
            try report(mistake)
            return
        }
        let key = Traced(node.scalar?.text ?? "", at: node.origin)
        guard let first = open[index].open(key) else { return }
        try report(TreeRules.duplicate(key, first: first), keepsTree: true)
    }

    private mutating func report(_ mistake: Diagnostic, keepsTree: Bool = false) throws(Refusal) {
        if mistakes.count + 1 >= Self.mistakeLimit { throw Refusal(mistake) }
        mistakes.append(mistake)
        if !keepsTree { isFaithful = false }
    }

    private mutating func count(_ bytes: Range<Int>) throws(Refusal) {
        nodes += 1
        if nodes > limits.nodes {
            throw Refusal(TreeRules.tooMany(range(opening(at: bytes.lowerBound)), limits))
        }
    }

    /// The first byte of a collection: where it begins is all that anyone needs to see of it.
    private func opening(at offset: Int) -> Range<Int> {
        offset..<min(offset + 1, max(offset, file.bytes.count))
    }

    private func range(_ bytes: Range<Int>) -> SourceRange { SourceRange(file: file, bytes: bytes) }
}
