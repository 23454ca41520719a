internal import CasaSMT

/// What the ways through a probing function claim to be, and what has to be proved for that.
///
/// - A way on which no key was found answers 0.
/// - A way on which a key was found that depends on the port: it is the question's own key, which no other
///   question has.
/// - Any other way on which a key was found: it is the key of a piece, and the answer depends on the flow
///   alone.
///
/// So two ports of a flow between which no branch tells have one answer, unless one of them has a key of its
/// own.
struct TableLeaves {
    struct Piece {
        let number: UInt16
        let ports: ClosedRange<UInt16>
    }

    /// What has to hold.
    struct Claim {
        let premise: Boolean
        let conclusion: Boolean
        /// The key that it is about.
        let key: BitVector?
    }

    private(set) var claims: [Claim] = []
    private(set) var pieces: [Piece] = []
    /// Where branches tell one port from the next: each the first port behind.
    private(set) var cuts: Set<UInt16> = []
    private var claimed: Set<Boolean> = []
    private let question: TableQuestion
    private let hasKey: Boolean
    private let loads: TableLoads
    private let branches: TableBranches
    private let arena: TermArena

    init(
        _ probes: ProbeExploration.Result, _ loads: TableLoads, _ question: TableQuestion, in arena: TermArena
    ) throws(ProofError) {
        self.question = question
        self.loads = loads
        self.arena = arena
        hasKey = question.hasKey
        branches = TableBranches(probes.comparisons, loads, question)
        for path in probes.paths { try add(path) }
    }

    private struct Way {
        /// Keys that were found: those that depend on the port, and those of pieces.
        var exact: [BitVector] = []
        var pieces: [BitVector] = []
        /// What the table and the comparison of ports have no say in.
        var premises: [Boolean] = []
        /// `nil` if no port goes this way.
        var ports: ClosedRange<UInt16>? = 0...UInt16.max
    }

    private mutating func add(_ path: SymbolicPath) throws(ProofError) {
        let way = try way(path.conditions)
        let depends = loads.dependence(of: path.result.variables)
        guard !depends.contains(.foreign) else {
            throw .rejected("`casa_verdict` answers what depends on more than is asked")
        }
        if !way.exact.isEmpty {
            for key in way.exact { claim(way, key.equals(question.exactKey), key) }
        } else if let key = way.pieces.last {
            guard !depends.contains(.port) else {
                throw .rejected("the entry of a range depends on the port")
            }
            let place = key[0..<24].constantValue.flatMap { UInt32(exactly: $0) }
            guard let place, 0x1_0000..<0x2_0000 ~= place else {
                throw .rejected("a key that is looked for is neither of a port nor of a range")
            }
            claim(way, key[24..<64].equals(question.flowKey), key)
            let number = UInt16(truncatingIfNeeded: place)
            if let ports = way.ports { pieces.append(Piece(number: number, ports: ports)) }
        } else {
            let isZero = path.result.equals(path.result.constant(0))
            claim(arena.conjunction(of: way.premises), isZero, nil)
        }
    }

    private mutating func way(_ conditions: [Boolean]) throws(ProofError) -> Way {
        var way = Way()
        for condition in conditions {
            switch try branches.kind(of: condition) {
            case .independent(let isPlain): if isPlain { way.premises.append(condition) }
            case .question(below: let bound, holds: let holds):
                let isBelow = question.kind.isLess(than: question.kind.constant(bound))
                claim(arena.boolean(true), condition.iff(holds ? isBelow : !isBelow), nil)
                way.premises.append(condition)
            case .port(let range):
                let ports = UInt16(range.lowerBound)...UInt16(range.upperBound)
                claim(arena.boolean(true), condition.iff(question.port.isWithin(ports)), nil)
                if ports.lowerBound > 0 { cuts.insert(ports.lowerBound) }
                if ports.upperBound < UInt16.max { cuts.insert(ports.upperBound + 1) }
                way.ports = way.ports.flatMap { $0.overlaps(ports) ? $0.clamped(to: ports) : nil }
            case .probe(key: let key, isHit: true, dependsOnPort: true): way.exact.append(key)
            case .probe(key: let key, isHit: true, dependsOnPort: false): way.pieces.append(key)
            case .probe(key: _, isHit: false, dependsOnPort: _): break
            }
        }
        return way
    }

    private mutating func claim(_ way: Way, _ isOwn: Boolean, _ key: BitVector) {
        claim(arena.conjunction(of: way.premises), isOwn && hasKey, key)
    }

    /// Each claim once, and none that is plain from its form.
    private mutating func claim(_ premise: Boolean, _ conclusion: Boolean, _ key: BitVector?) {
        let statement = premise.implies(conclusion)
        guard statement.constantValue != true, claimed.insert(statement).inserted else { return }
        claims.append(Claim(premise: premise, conclusion: conclusion, key: key))
    }
}

extension BitVector {
    /// With a bound on one side only, as branches compare.
    fileprivate func isWithin(_ range: ClosedRange<UInt16>) -> Boolean {
        let isAtLeast =
            range.lowerBound == 0 ? arena.boolean(true) : !isLess(than: constant(range.lowerBound))
        guard range.upperBound < UInt16.max else { return isAtLeast }
        return isAtLeast && isLess(than: constant(range.upperBound + 1))
    }
}
