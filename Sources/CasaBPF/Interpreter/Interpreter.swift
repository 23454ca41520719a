/// Runs programs on numbers.
package struct Interpreter {
    /// What a run that ended by itself came to.
    package struct Execution: Hashable, Sendable {
        package let result: UInt64
        package let instructionCount: Int
    }

    private let program: Program
    private let steps: [PreparedStep]
    private let domain: ConcreteDomain

    package init(_ program: Program, environment: any HelperEnvironment = HelperTable()) {
        self.program = program
        steps = program.steps.map { PreparedStep($0, of: program.steps.count) }
        domain = ConcreteDomain(environment)
    }

    /// Runs from `entry`, an instruction index, until the program exits, traps or has spent its budget.
    ///
    /// The stack starts as zeros; all other memory is as the caller, or the run before, left it.
    package func run(
        entry: Int = 0, arguments: [UInt64] = [], memory: ConcreteMemory = ConcreteMemory(),
        budget: Int = 1_000_000
    ) throws(Fault) -> Execution {
        precondition(program.steps.indices.contains(entry), "a run begins at an instruction")
        memory.clearStack()
        var position = entry
        var depth = 0
        do {
            return try run(&position, &depth, arguments, memory, budget)
        } catch {
            throw Fault(trap: error, slot: program.slots[position], depth: depth)
        }
    }

    private func run(
        _ position: inout Int, _ depth: inout Int, _ arguments: [UInt64], _ memory: ConcreteMemory,
        _ budget: Int
    ) throws(Trap) -> Execution {
        var state = try MachineState(entry: position, arguments: arguments, memory: memory, in: domain)
        let steps = steps.span
        var count = 0
        var next = position
        defer { depth = state.callers.count }
        while count < budget {
            count &+= 1
            position = next
            next &+= 1
            // SOUNDNESS: a program's targets are its own instructions, and its last one does not go on (`Program`).
            switch try state.perform(steps[unchecked: position], &next, in: domain) {
            case .proceeded: continue
            case .branched(let isTaken, taken: let target): if isTaken { next = target }
            case .exited(let result): return Execution(result: result, instructionCount: count)
            }
        }
        throw .budget
    }
}
