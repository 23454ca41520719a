package import CasaBPF
package import CasaSMT

/// What a symbolic machine computes over and never changes itself: terms, regions, helpers, unknown content.
package final class SymbolicWorld {
    package let arena: TermArena
    package private(set) var regions: [SymbolicRegion] = []
    /// Which region a program's reference to a map's value points to, by the number that stands for the map.
    package var valueRegions: [Int32: Int] = [:]
    package let helpers: any SymbolicHelpers
    /// Applications of functions of which only this is known: equal arguments, equal results.
    package let functions: UnknownFunctions
    /// What the solver first had no answer to; whoever went on without may have gone where nothing gets.
    private(set) var undecided: Undecided?
    private let solver: Solver?
    private var freshCounts: [String: Int] = [:]

    package init(arena: TermArena, helpers: any SymbolicHelpers, solver: Solver?) {
        self.arena = arena
        self.helpers = helpers
        self.solver = solver
        functions = UnknownFunctions(arena)
    }

    /// Makes a region, and answers the address of its first byte.
    package func add(_ region: SymbolicRegion) -> UInt64 {
        regions.append(region)
        return SymbolicPlace.address(ofRegion: regions.count - 1)
    }

    package func constant(_ value: UInt64) -> BitVector { arena.constant(value, width: 64) }

    /// A number of which nothing is known.
    package func fresh(_ name: String, width: Int) -> BitVector {
        let number = freshCounts[name, default: 0]
        freshCounts[name] = number + 1
        return arena.variable("\(name) \(number)", width: width)
    }

    /// A truth of which nothing is known.
    package func freshTruth(_ name: String) -> Boolean {
        fresh(name, width: 1).equals(arena.constant(1, width: 1))
    }

    /// What a region of unknown content holds, lowest byte first.
    package func content(ofRegion name: String, at offset: BitVector, count: Int) -> BitVector {
        var result = functions.apply(name, [offset], width: 8)
        for index in 1..<max(count, 1) {
            let place = offset + offset.constant(index)
            result = functions.apply(name, [place], width: 8).concatenated(withLow: result)
        }
        return result
    }

    /// Whether places that depend on the input can be looked for.
    var hasSolver: Bool { solver != nil }

    /// How many values a symbolic offset may have.
    private static let valueLimit = 64

    /// Every value that a term has on some way through this state.
    func values(of term: BitVector, on path: PathCondition) throws(Trap) -> [UInt64] {
        if let values = term.possibleValues(limit: Self.valueLimit) {
            return values.map { UInt64(truncatingIfNeeded: $0) }
        }
        guard let solver else { throw .unsupported("a place that depends on the input") }
        var values: [UInt64] = []
        var known = path.outcomes
        while true {
            let answer: Satisfiability
            do {
                answer = try solver.check(known + [term.equals(term)])
            } catch {
                throw .unsupported("\(error)")
            }
            switch answer {
            case .unsatisfiable: return values.sorted()
            case .undecided(let reason):
                undecided = undecided ?? reason
                throw .unsupported("a place that is not found: \(reason)")
            case .satisfiable(let model):
                let value = model.value(of: term)
                values.append(UInt64(truncatingIfNeeded: value))
                known.append(!term.equals(term.constant(value)))
            }
            guard values.count <= Self.valueLimit else {
                throw .unsupported("a place with more than \(Self.valueLimit) possible values")
            }
        }
    }

    /// Whether anything can get here; what is not known may.
    func isPossible(_ path: PathCondition) -> Bool {
        guard let solver else { return true }
        let answer: Satisfiability?
        do { answer = try solver.check(path.outcomes) } catch { answer = nil }
        switch answer {
        case .unsatisfiable?: return false
        case .undecided(let reason)?: undecided = undecided ?? reason
        case .satisfiable?, nil: break
        }
        return true
    }
}

/// What stands in for the kernel, and for functions that stay outside of a proof, when a program calls.
package protocol SymbolicHelpers: AnyObject {
    /// What `r0` becomes, and what the call does to memory.
    func call(
        _ number: Int32, _ arguments: SymbolicArguments, _ memory: inout SymbolicMemory
    ) throws(Trap) -> BitVector
}

/// The registers `r1` to `r5` at a call; to read one that has no word is a trap.
package struct SymbolicArguments {
    private let registers: RegisterFile<BitVector>

    init(_ registers: RegisterFile<BitVector>) {
        self.registers = registers
    }

    package func word(_ register: Register) throws(Trap) -> BitVector { try registers.read(register) }

    /// An argument that has to be known.
    package func number(_ register: Register) throws(Trap) -> UInt64 {
        guard let value = try registers.read(register).constantValue else {
            throw .unsupported("a call whose argument \(register) depends on the input")
        }
        return UInt64(truncatingIfNeeded: value)
    }
}
