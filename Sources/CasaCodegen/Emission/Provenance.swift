/// What an emitted instruction is there for; becomes the line of the policy in the object's line records.
enum Provenance: Hashable, Sendable {
    /// Finding the decision.
    case search
    /// Answering that no rule speaks of the question.
    case noRule
    /// Doing what a rule says, by number.
    case rule(Int)

    /// As the assembler carries it.
    var tag: Int {
        switch self {
        case .search: -1
        case .noRule: -2
        case .rule(let number): number
        }
    }

    init(tag: Int) {
        switch tag {
        case Self.search.tag: self = .search
        case Self.noRule.tag: self = .noRule
        default:
            precondition(tag >= 0, "every tag was made from a provenance")
            self = .rule(tag)
        }
    }
}
