import CasaDiagnostics

/// A list or mapping whose end has not been read.
struct OpenCollection {
    /// What stands before the value that comes next in a mapping.
    enum Key {
        case absent
        case named(Traced<String>)
        /// A key that was reported; its value is read and thrown away.
        case dropped
    }

    let isMapping: Bool
    /// The collection ends with a bracket of its own, so that libyaml's end is the end.
    let isBracketed: Bool
    let start: Int
    let anchor: String?
    var key = Key.absent
    /// The end of the last thing in it.
    private(set) var contentEnd: Int

    private var nodes: [YAMLNode] = []
    private var entries: [YAMLEntry] = []
    private var firstKeys: [String: SourceRange] = [:]
    private var size = 1
    private var height = 1

    init(isMapping: Bool, isBracketed: Bool, start: Int, anchor: String?) {
        self.isMapping = isMapping
        self.isBracketed = isBracketed
        self.start = start
        self.anchor = anchor
        contentEnd = start
    }

    /// Takes the next entry of a list or the value of the key that was read last.
    mutating func append(_ value: BuiltNode) {
        contentEnd = max(contentEnd, value.node.origin.bytes.upperBound)
        size += value.size
        height = max(height, value.height + 1)
        guard isMapping else {
            nodes.append(value.node)
            return
        }
        if case .named(let key) = key { entries.append(YAMLEntry(key: key, value: value.node)) }
        key = .absent
    }

    /// Takes a key, and yields the place of the same key further up.
    mutating func open(_ key: Traced<String>) -> SourceRange? {
        size += 1
        self.key = .named(key)
        contentEnd = max(contentEnd, key.origin.bytes.upperBound)
        if let first = firstKeys[key.value] { return first }
        firstKeys[key.value] = key.origin
        return nil
    }

    func finished(in file: SourceFile, end: Int) -> BuiltNode {
        let origin = SourceRange(file: file, bytes: start..<max(start, isBracketed ? end : contentEnd))
        let node = YAMLNode(isMapping ? .mapping(entries) : .sequence(nodes), at: origin)
        return BuiltNode(node: node, size: size, height: height)
    }
}
