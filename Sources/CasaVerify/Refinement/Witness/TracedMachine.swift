internal import CasaBPF

/// Runs a program as the interpreter does, and remembers the instructions that were last.
struct TracedMachine {
    /// An instruction that was executed, with what it did.
    struct Entry: Hashable, Sendable {
        let index: Int
        /// How many calls deep; 0 is the program itself.
        let depth: Int
        let effect: Effect
    }

    enum Effect: Hashable, Sendable {
        case nothing
        case wrote(Register, UInt64)
        /// With the left and the right side of the comparison.
        case branched(left: UInt64, right: UInt64, isTaken: Bool)
    }

    enum Outcome: Hashable, Sendable {
        case result(UInt64)
        case trap(String)
    }

    struct Run: Hashable, Sendable {
        let outcome: Outcome
        /// Oldest first, at most ``kept``.
        let last: [Entry]
    }

    /// Answers a call or a load in its place; `nil` lets it happen.
    typealias Stand = (_ step: Program.Step, _ registers: borrowing RegisterFile<UInt64>) throws(Trap) ->
        UInt64?

    static let kept = 24
    private static let budget = 1_000_000

    let program: Program
    let domain: ConcreteDomain

    init(_ program: Program, environment: any HelperEnvironment) {
        self.program = program
        domain = ConcreteDomain(environment)
    }

    /// Runs from the first instruction on memory whose stack nobody has used.
    func run(
        entry: Int = 0, arguments: [UInt64], memory: ConcreteMemory, standing stand: Stand? = nil
    ) -> Run {
        var last = Ring()
        do {
            var state = try MachineState(entry: entry, arguments: arguments, memory: memory, in: domain)
            for _ in 0..<Self.budget {
                let result = try step(&state, &last, stand)
                if let result { return Run(outcome: .result(result), last: last.entries) }
            }
            return Run(outcome: .trap("\(Trap.budget)"), last: last.entries)
        } catch {
            return Run(outcome: .trap("\(error)"), last: last.entries)
        }
    }

    private func step(
        _ state: inout MachineState<ConcreteDomain>, _ last: inout Ring, _ stand: Stand?
    ) throws(Trap) -> UInt64? {
        let index = state.position
        let step = program.steps[index]
        let depth = state.callers.count
        if let stand, let register = step.instruction.writtenRegister,
            let answer = try stand(step, state.registers)
        {
            if case .call = step.instruction { state.registers.clear(.r1, through: .r5) }
            state.registers.write(register, answer)
            state.position += 1
            last.append(Entry(index: index, depth: depth, effect: .wrote(register, answer)))
            return nil
        }
        let compared = try Self.compared(step.instruction, state.registers)
        // Before it is executed, so that an instruction that traps is the last of them.
        last.append(Entry(index: index, depth: depth, effect: .nothing))
        switch try state.execute(step, in: domain) {
        case .proceeded:
            guard let register = step.instruction.writtenRegister, state.registers.isInitialised(register)
            else { return nil }
            last.replace(.wrote(register, try state.registers.read(register)))
            return nil
        case .branched(let isTaken, taken: let target):
            if isTaken { state.position = target }
            last.replace(.branched(left: compared.left, right: compared.right, isTaken: isTaken))
            return nil
        case .exited(let result): return result
        }
    }

    private static func compared(
        _ instruction: Instruction, _ registers: borrowing RegisterFile<UInt64>
    ) throws(Trap) -> (left: UInt64, right: UInt64) {
        guard case .branch(_, let width, let left, let right, _) = instruction else { return (0, 0) }
        let mask = width == .bits32 ? UInt64(UInt32.max) : .max
        let second: UInt64 =
            switch right {
            case .register(let register): try registers.read(register)
            case .immediate(let value): UInt64(bitPattern: Int64(value))
            }
        return (try registers.read(left) & mask, second & mask)
    }

    /// The last entries of a long sequence.
    private struct Ring {
        private var slots: [Entry] = []
        private var next = 0

        mutating func append(_ entry: Entry) {
            if slots.count < TracedMachine.kept {
                slots.append(entry)
            } else {
                slots[next] = entry
            }
            next = (next + 1) % TracedMachine.kept
        }

        mutating func replace(_ effect: Effect) {
            let place = (next + TracedMachine.kept - 1) % TracedMachine.kept
            slots[place] = Entry(index: slots[place].index, depth: slots[place].depth, effect: effect)
        }

        var entries: [Entry] {
            slots.count < TracedMachine.kept ? slots : Array(slots[next...] + slots[..<next])
        }
    }
}
