package import CasaBPF
package import CasaSMT

extension StandaloneRun {
    /// What the symbolic machine says that `r0` is.
    package enum Determination: Hashable, Sendable {
        /// This, and the solver excludes all else.
        case value(UInt64)
        /// One of at least these two: the program reads what nobody wrote.
        case ambiguous(UInt64, UInt64)
        case undecided(Undecided)
    }

    /// Runs the program on bytes and a length of which it knows nothing but what premises say.
    ///
    /// Each is a variable, with the premise that it equals what is given. All ways that the solver does not exclude are
    /// followed to their end.
    package func determined(limits: SolverLimits = SolverLimits()) throws(SymbolicRunError) -> Determination {
        let solver: Solver
        do {
            solver = try Solver(limits: limits)
        } catch {
            throw .solver(error)
        }
        let arena = TermArena()
        let world = SymbolicWorld(arena: arena, helpers: IdentityHelper(), solver: solver)
        let bytes = memory.indices.map { arena.variable("memory \($0)", width: 8) }
        let length = arena.variable("length", width: 64)
        for (byte, value) in zip(bytes, memory) { solver.assume(byte.equals(byte.constant(value))) }
        solver.assume(length.equals(length.constant(memory.count)))
        let region = SymbolicRegion(name: "memory", content: .bytes(bytes, isWritable: true))
        let address = memory.isEmpty ? 0 : world.add(region)

        let paths: [SymbolicPath]
        do {
            paths = try PathExploration(program, in: world, prunes: true, stepLimit: Self.stepLimit)
                .paths(arguments: [world.constant(address), length], memory: SymbolicMemory(world))
        } catch {
            throw .fault(error)
        }
        do {
            return try determination(of: paths, solver)
        } catch {
            throw .solver(error)
        }
    }

    /// The interpreter's own budget.
    private static let stepLimit = 1_000_000

    private func determination(
        of paths: [SymbolicPath], _ solver: Solver
    ) throws(SolverError) -> Determination {
        var found: UInt64?
        for path in paths {
            // What was found before is excluded, so that a model shows another value.
            let others = found.map { !path.result.equals(path.result.constant($0)) }
            switch try solver.check(path.conditions + (others.map { [$0] } ?? [])) {
            case .unsatisfiable: continue
            case .undecided(let reason): return .undecided(reason)
            case .satisfiable(let model):
                let value = UInt64(truncatingIfNeeded: model.value(of: path.result))
                if let found { return .ambiguous(found, value) }
                found = value
                let another = !path.result.equals(path.result.constant(value))
                switch try solver.check(path.conditions + [another]) {
                case .unsatisfiable: continue
                case .undecided(let reason): return .undecided(reason)
                case .satisfiable(let model):
                    return .ambiguous(value, UInt64(truncatingIfNeeded: model.value(of: path.result)))
                }
            }
        }
        return found.map { .value($0) } ?? .undecided(.vacuousPremise)
    }
}

/// Why a symbolic run came to no end.
package enum SymbolicRunError: Error, Hashable, Sendable {
    /// The program stopped, or did what the model does not cover.
    case fault(Fault)
    case solver(SolverError)
}

/// ``StandaloneRun/helper``, on terms.
private final class IdentityHelper: SymbolicHelpers {
    func call(
        _ number: Int32, _ arguments: SymbolicArguments, _ memory: inout SymbolicMemory
    ) throws(Trap) -> BitVector {
        guard number == StandaloneRun.helper else { throw .unknownHelper(number) }
        return try arguments.word(.r1)
    }
}
