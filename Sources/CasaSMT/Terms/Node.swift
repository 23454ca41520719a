/// One operation and what it is applied to.
///
/// In an arena a node refers to terms, in a cone to the cone's own places.
enum Node<Reference: Hashable & Sendable>: Hashable, Sendable {
    case truth(Bool)
    case constant(UInt128)
    /// Of either sort; the number of the variable in its arena.
    case variable(Int)
    case not(Reference)
    case connective(Connective, Reference, Reference)
    case relation(Relation, Reference, Reference)
    case unary(UnaryOperation, Reference)
    case binary(BinaryOperation, Reference, Reference)
    /// As many bits as the node is wide, from bit `low` on.
    case extract(Reference, low: Int)
    case concatenate(high: Reference, low: Reference)
    case extend(Extension, Reference)
    /// Of either sort.
    case select(Reference, then: Reference, else: Reference)

    var operands: (Reference?, Reference?, Reference?) {
        switch self {
        case .truth, .constant, .variable: (nil, nil, nil)
        case .not(let operand), .unary(_, let operand), .extract(let operand, _), .extend(_, let operand):
            (operand, nil, nil)
        case .connective(_, let left, let right), .relation(_, let left, let right),
            .binary(_, let left, let right), .concatenate(let left, let right):
            (left, right, nil)
        case .select(let condition, let consequent, let alternative): (condition, consequent, alternative)
        }
    }

    func map<Other: Hashable & Sendable>(_ transform: (Reference) -> Other) -> Node<Other> {
        switch self {
        case .truth(let value): .truth(value)
        case .constant(let value): .constant(value)
        case .variable(let number): .variable(number)
        case .not(let operand): .not(transform(operand))
        case .connective(let connective, let left, let right):
            .connective(connective, transform(left), transform(right))
        case .relation(let relation, let left, let right):
            .relation(relation, transform(left), transform(right))
        case .unary(let operation, let operand): .unary(operation, transform(operand))
        case .binary(let operation, let left, let right):
            .binary(operation, transform(left), transform(right))
        case .extract(let operand, let low): .extract(transform(operand), low: low)
        case .concatenate(let high, let low): .concatenate(high: transform(high), low: transform(low))
        case .extend(let kind, let operand): .extend(kind, transform(operand))
        case .select(let condition, let consequent, let alternative):
            .select(transform(condition), then: transform(consequent), else: transform(alternative))
        }
    }
}
