package import CasaBPF
package import CasaSMT

/// One way through a program: the outcomes of its branches, and what it returns.
package struct SymbolicPath {
    package let path: PathCondition
    package let result: BitVector
    package let memory: SymbolicMemory

    package var conditions: [Boolean] { path.outcomes }
}

/// Follows both sides of every branch to the end: one leaf for each way.
///
/// For code that is a tree. Code in which ways meet again has too many of them: ``JoinedExploration``.
package struct PathExploration {
    private let program: Program
    private let domain: SymbolicDomain
    /// Whether the solver is asked at each branch which sides are possible.
    private let prunes: Bool
    private let stepLimit: Int

    package init(
        _ program: Program, in world: SymbolicWorld, prunes: Bool = false, stepLimit: Int = 4_000_000
    ) {
        self.program = program
        domain = SymbolicDomain(world)
        self.prunes = prunes
        self.stepLimit = stepLimit
    }

    /// Every way from `entry`, an instruction index; where a branch is not taken comes first.
    ///
    /// `assuming` is known from the start.
    package func paths(
        entry: Int = 0, arguments: [BitVector], memory: SymbolicMemory, assuming premises: [Boolean] = []
    ) throws(Fault) -> [SymbolicPath] {
        var memory = memory
        for premise in premises { memory.path.append(premise) }
        var open: [MachineState<SymbolicDomain>]
        do {
            open = [try MachineState(entry: entry, arguments: arguments, memory: memory, in: domain)]
        } catch {
            throw Fault(trap: error, slot: program.slots[entry], depth: 0)
        }
        var paths: [SymbolicPath] = []
        var steps = 0
        while var state = open.popLast() {
            following: while true {
                let position = state.position
                steps += 1
                do throws(Trap) {
                    guard steps <= stepLimit else { throw Trap.budget }
                    switch try state.execute(program.steps[position], in: domain) {
                    case .proceeded: continue
                    case .exited(let result):
                        paths.append(
                            SymbolicPath(path: state.memory.path, result: result, memory: state.memory))
                        break following
                    case .branched(let condition, taken: let target):
                        guard follow(condition, to: target, &state, &open) else { break following }
                    }
                } catch {
                    // What nothing can reach may do anything.
                    guard domain.world.isPossible(state.memory.path) else { break following }
                    throw Fault(trap: error, slot: program.slots[position], depth: state.callers.count)
                }
            }
        }
        return paths
    }

    /// Goes on where the branch is not taken, unless that cannot be; the other side waits.
    ///
    /// False if neither can be.
    private func follow(
        _ condition: Boolean, to target: Int, _ state: inout MachineState<SymbolicDomain>,
        _ open: inout [MachineState<SymbolicDomain>]
    ) -> Bool {
        if let isTaken = state.memory.path.knows(condition) {
            if isTaken { state.position = target }
            return true
        }
        var taken = state
        taken.position = target
        taken.memory.path.append(condition)
        state.memory.path.append(!condition)
        guard prunes else {
            open.append(taken)
            return true
        }
        let (isPossible, isTakenPossible) = (
            domain.world.isPossible(state.memory.path), domain.world.isPossible(taken.memory.path)
        )
        if isPossible, isTakenPossible { open.append(taken) }
        if !isPossible, isTakenPossible { state = taken }
        return isPossible || isTakenPossible
    }
}
