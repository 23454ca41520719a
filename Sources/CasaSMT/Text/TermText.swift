/// A cone's terms in SMT-LIB: what is used more than once, or lies deep, has a name.
struct TermText {
    struct Definition {
        let name: String
        let sort: Sort
        let body: String
    }

    /// In the order in which they build upon each other.
    private(set) var definitions: [Definition] = []
    private(set) var roots: [String] = []

    /// Deeper than this, people do not read, and parsers may recurse.
    private static let greatestDepth = 8

    init(_ cone: Cone) {
        var uses = [Int](repeating: 0, count: cone.count)
        for node in cone.nodes {
            let (first, second, third) = node.operands
            for case let operand? in [first, second, third] { uses[operand] += 1 }
        }
        var texts: [String] = []
        var depths: [Int] = []
        for (place, node) in cone.nodes.enumerated() {
            let body = Self.text(of: node, at: place, in: cone, texts)
            let (first, second, third) = node.operands
            let depth = [first, second, third].compactMap { $0.map { depths[$0] + 1 } }.max() ?? 0
            if depth == 0 || (uses[place] < 2 && depth < Self.greatestDepth) {
                texts.append(body)
                depths.append(depth)
            } else {
                let name = "?\(definitions.count)"
                definitions.append(Definition(name: name, sort: cone.sorts[place], body: body))
                texts.append(name)
                depths.append(0)
            }
        }
        roots = cone.roots.map { texts[$0] }
    }

    /// The first root with its definitions around it.
    var expression: String {
        let opened = definitions.map { "(let ((\($0.name) \($0.body))) " }.joined()
        return opened + roots[0] + String(repeating: ")", count: definitions.count)
    }

    private static func text(of node: Node<Int>, at place: Int, in cone: Cone, _ texts: [String]) -> String {
        let width = cone.sorts[place].width
        switch node {
        case .truth(let value): return "\(value)"
        case .constant(let value): return value.symbol(width: width)
        case .variable(let number): return cone.variable(number).symbol
        case .not(let operand): return "(not \(texts[operand]))"
        case .connective(let connective, let left, let right):
            return "(\(connective.symbol) \(texts[left]) \(texts[right]))"
        case .relation(let relation, let left, let right):
            return "(\(relation.symbol) \(texts[left]) \(texts[right]))"
        case .unary(let operation, let operand): return "(\(operation.symbol) \(texts[operand]))"
        case .binary(let operation, let left, let right):
            return "(\(operation.symbol) \(texts[left]) \(texts[right]))"
        case .extract(let operand, let low):
            return "((_ extract \(low + width - 1) \(low)) \(texts[operand]))"
        case .concatenate(let high, let low): return "(concat \(texts[high]) \(texts[low]))"
        case .extend(let kind, let operand):
            return "((_ \(kind.symbol) \(width - cone.sorts[operand].width)) \(texts[operand]))"
        case .select(let condition, let consequent, let alternative):
            return "(ite \(texts[condition]) \(texts[consequent]) \(texts[alternative]))"
        }
    }
}
