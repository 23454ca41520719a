internal import CasaSMT

/// What the branches of a probing function are about.
final class TableBranches {
    enum Kind {
        /// The port has no say in it; a premise is worth having if it is plain: about the question, and no
        /// sum of products.
        case independent(isPlain: Bool)
        /// The port alone decides: it is in this range, guessed.
        case port(ClosedRange<UInt64>)
        /// The question is less than a bound, or not less, and the bound is of no port; guessed.
        case question(below: UInt64, holds: Bool)
        /// Whether the table holds a key; the port may have a say in which, and in where it is looked for.
        case probe(key: BitVector, isHit: Bool, dependsOnPort: Bool)
    }

    private let loads: TableLoads
    private let question: TableQuestion
    private let comparisons: [Boolean: ProbeExploration.Comparison]
    private let portGuess: BoundGuess
    private let flow: Set<Variable>
    private let inputs: Set<Variable>
    private var known: [Boolean: Kind] = [:]

    /// Comparisons of parts of a question are smaller; a hash is larger.
    private static let plainSize = 16

    init(
        _ comparisons: [Boolean: ProbeExploration.Comparison], _ loads: TableLoads, _ question: TableQuestion
    ) {
        self.comparisons = comparisons
        self.loads = loads
        self.question = question
        portGuess = BoundGuess([question.port])
        flow = Set(question.flowVariables)
        inputs = Set(question.kind.variables + question.port.variables)
    }

    func kind(of condition: Boolean) throws(ProofError) -> Kind {
        if let kind = known[condition] { return kind }
        let kind = try classify(condition)
        known[condition] = kind
        return kind
    }

    private func classify(_ condition: Boolean) throws(ProofError) -> Kind {
        let variables = condition.variables
        let dependence = loads.dependence(of: variables)
        guard !dependence.contains(.foreign) else {
            throw .rejected("`casa_verdict` depends on more than its arguments and the subject")
        }
        if let comparison = comparisons[condition], let key = key(comparison) {
            return .probe(
                key: key, isHit: comparison.areEqual, dependsOnPort: dependence.contains(.port))
        }
        guard dependence.contains(.port) else {
            return .independent(
                isPlain: flow.isSuperset(of: variables) && condition.size <= Self.plainSize)
        }
        if variables == question.port.variables, let bound = portGuess.bound(of: condition) {
            return .port(bound.range)
        }
        if inputs.isSuperset(of: variables), let kind = questionBound(condition) { return kind }
        throw .rejected("`casa_verdict` compares the port in a way that is not understood")
    }

    /// What the table is asked for, if one side is what it holds.
    private func key(_ comparison: ProbeExploration.Comparison) -> BitVector? {
        if loads.isKey(comparison.left) { return comparison.right }
        return loads.isKey(comparison.right) ? comparison.left : nil
    }

    /// The condition as a bound on the whole question that does not cut through the ports.
    private func questionBound(_ condition: Boolean) -> Kind? {
        let cone = condition.cone
        func holds(_ number: UInt64) -> Bool {
            let kind = UInt128(number >> 16)
            let values: [(BitVector, UInt128)] = [
                (question.rest, kind >> 9), (question.direction, kind >> 8 & 1),
                (question.protocolNumber, kind & 0xFF), (question.port, UInt128(number & 0xFFFF)),
            ]
            return cone.holds(
                under: Model(values.flatMap { term, value in term.variables.map { .init($0, value) } }))
        }
        var (low, high) = (UInt64(0), UInt64(UInt32.max))
        let holdsBelow = holds(0)
        guard holds(high) != holdsBelow else { return nil }
        while high - low > 1 {
            let middle = (low + high) / 2
            if holds(middle) == holdsBelow { low = middle } else { high = middle }
        }
        return high & 0xFFFF == 0 ? .question(below: high >> 16, holds: holdsBelow) : nil
    }
}
