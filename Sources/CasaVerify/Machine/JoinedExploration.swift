package import CasaBPF
package import CasaSMT

/// Follows both sides of every branch, and makes one state of two wherever ways meet again.
///
/// Each instruction is executed once for each turn of the loops around it, so that what a program returns becomes one
/// term. Loops have to end by numbers that are known.
package struct JoinedExploration {
    private let program: Program
    private let domain: SymbolicDomain
    private let map: ExplorationMap
    private let stepLimit: Int

    package init(
        _ program: Program, in world: SymbolicWorld, stepLimit: Int = 1_000_000
    ) throws(ProgramError) {
        self.program = program
        domain = SymbolicDomain(world)
        map = try ExplorationMap(of: program)
        self.stepLimit = stepLimit
    }

    private typealias State = MachineState<SymbolicDomain>

    /// What the program returns, on any way on which it returns.
    package func outcome(
        arguments: [BitVector], memory: SymbolicMemory, assuming premises: [Boolean] = []
    ) throws(Fault) -> SymbolicPath {
        var memory = memory
        for premise in premises { memory.path.append(premise) }
        var place = map.start
        var open: [ExplorationPlace: State] = [:]
        var outcome: SymbolicPath?
        var steps = 0
        do throws(Trap) {
            open[place] = try MachineState(arguments: arguments, memory: memory, in: domain)
            while let next = open.keys.min(), var state = open.removeValue(forKey: next) {
                place = next
                following: while true {
                    let position = state.position
                    place.frames[place.frames.count - 1].position = position
                    steps += 1
                    guard steps <= stepLimit else { throw Trap.budget }
                    let depth = state.callers.count
                    switch try state.execute(program.steps[position], in: domain) {
                    case .exited(let result):
                        let ended = SymbolicPath(
                            path: state.memory.path, result: result, memory: state.memory)
                        outcome = outcome.map { meet($0, ended) } ?? ended
                        break following
                    case .proceeded:
                        if state.callers.count == depth, !map.endsBlock(position) { continue }
                        try put(state, map.place(after: place, state), into: &open)
                        break following
                    case .branched(let condition, taken: let target):
                        for state in sides(of: condition, state, target) {
                            try put(state, map.place(after: place, state), into: &open)
                        }
                        break following
                    }
                }
            }
        } catch {
            let position = place.frames.last?.position ?? 0
            throw Fault(trap: error, slot: program.slots[position], depth: place.frames.count - 1)
        }
        guard let outcome else { throw Fault(trap: .budget, slot: 0, depth: 0) }
        return outcome
    }

    private func sides(of condition: Boolean, _ state: State, _ target: Int) -> [State] {
        var (other, taken) = (state, state)
        taken.position = target
        if let isTaken = state.memory.path.knows(condition) { return [isTaken ? taken : other] }
        taken.memory.path.append(condition)
        other.memory.path.append(!condition)
        simplify(&taken)
        simplify(&other)
        return [other, taken]
    }

    /// Takes the choices that the outcome of a branch has decided.
    private func simplify(_ state: inout State) {
        state.memory.simplifyStack()
        for register in Register.allCases where state.registers.isInitialised(register) {
            guard let word = try? state.registers.read(register) else { continue }
            let simple = state.memory.simplified(word)
            if simple != word { state.registers.write(register, simple) }
        }
    }

    /// Waits for others at a place, or joins who waits there already.
    ///
    /// Not at a test whose outcome is known: who meets before it, to part again behind it, would take along what the others
    /// brought.
    private func put(
        _ arrived: State, _ arrival: ExplorationPlace, into open: inout [ExplorationPlace: State]
    ) throws(Trap) {
        var (state, place) = (arrived, arrival)
        while let passed = try pass(state) {
            place = map.place(after: place, passed)
            state = passed
        }
        guard let waiting = open[place] else {
            open[place] = state
            return
        }
        let (path, isFirst) = waiting.memory.path.joined(with: state.memory.path, in: domain.world.arena)
        open[place] = try waiting.joined(
            with: state, memory: waiting.memory.joined(with: state.memory, path: path, isFirst: isFirst)
        ) { $0 == $1 ? $0 : isFirst.select($0, else: $1) }
    }

    /// Behind a block that only tests, if the outcome is known.
    private func pass(_ state: State) throws(Trap) -> State? {
        guard map.isTest(state.position) else { return nil }
        var passed = state
        while true {
            let position = passed.position
            switch try passed.execute(program.steps[position], in: domain) {
            case .proceeded:
                if map.endsBlock(position) { return nil }
            case .exited: return nil
            case .branched(let condition, taken: let target):
                guard let isTaken = passed.memory.path.knows(condition) else { return nil }
                if isTaken { passed.position = target }
                return passed
            }
        }
    }

    private func meet(_ left: SymbolicPath, _ right: SymbolicPath) -> SymbolicPath {
        let (path, isFirst) = left.path.joined(with: right.path, in: domain.world.arena)
        let result =
            left.result == right.result ? left.result : isFirst.select(left.result, else: right.result)
        return SymbolicPath(
            path: path, result: result,
            memory: left.memory.joined(with: right.memory, path: path, isFirst: isFirst))
    }
}
