/// Runs programs on numbers.
package struct Interpreter {
    /// What a run that ended by itself came to.
    package struct Execution: Hashable, Sendable {
        package let result: UInt64
        package let instructionCount: Int
    }

    private let program: Program
    private let domain: ConcreteDomain

    package init(_ program: Program, environment: any HelperEnvironment = HelperTable()) {
        self.program = program
        domain = ConcreteDomain(environment)
    }

    /// Runs from `entry`, an instruction index, until the program exits, traps or has spent its budget.
    ///
    /// The stack starts as zeros; all other memory is as the caller, or the run before, left it.
    package func run(
        entry: Int = 0, arguments: [UInt64] = [], memory: ConcreteMemory = ConcreteMemory(),
        budget: Int = 1_000_000
    ) throws(Fault) -> Execution {
        memory.clearStack()
        var state: MachineState<ConcreteDomain>
        do {
            state = try MachineState(entry: entry, arguments: arguments, memory: memory, in: domain)
        } catch {
            throw Fault(trap: error, slot: program.slots[entry], depth: 0)
        }
        var position = entry
        do {
            return try run(&state, &position, budget)
        } catch {
            throw Fault(trap: error, slot: program.slots[position], depth: state.callers.count)
        }
    }

    private func run(
        _ state: inout MachineState<ConcreteDomain>, _ position: inout Int, _ budget: Int
    ) throws(Trap) -> Execution {
        var count = 0
        while count < budget {
            position = state.position
            count += 1
            switch try state.execute(program.steps[position], in: domain) {
            case .proceeded: continue
            case .branched(let isTaken, taken: let target): if isTaken { state.position = target }
            case .exited(let result): return Execution(result: result, instructionCount: count)
            }
        }
        throw .budget
    }
}
