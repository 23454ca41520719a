internal import CasaBPF
internal import CasaSMT

/// Follows both sides of every branch of a probing function, like ``PathExploration``, and keeps keys in
/// parts.
///
/// A key is put together from parts that lie side by side. Seen byte by byte, it is plain which part is in
/// which place, and so what is left of a key once its port was shifted out.
struct ProbeExploration {
    private let program: Program
    private let domain: SymbolicDomain
    private let stepLimit: Int

    init(_ program: Program, in world: SymbolicWorld, stepLimit: Int) {
        self.program = program
        domain = SymbolicDomain(world)
        self.stepLimit = stepLimit
    }

    /// Two numbers that a branch asks to be equal.
    struct Comparison {
        let left: BitVector
        let right: BitVector
        let areEqual: Bool
    }

    struct Result {
        /// Every way through the function; where a branch is not taken comes first.
        var paths: [SymbolicPath] = []
        /// What outcomes of branches say of 64 bits each.
        var comparisons: [Boolean: Comparison] = [:]
    }

    func run(_ arguments: [BitVector]) throws(Trap) -> Result {
        var open = [try MachineState(arguments: arguments, memory: SymbolicMemory(domain.world), in: domain)]
        var result = Result()
        var count = 0
        while var state = open.popLast() {
            following: while true {
                count += 1
                guard count <= stepLimit else { throw .budget }
                let step = program.steps[state.position]
                let comparison = try comparison(step, state)
                switch try execute(step, &state) {
                case .proceeded: continue
                case .exited(let word):
                    result.paths.append(
                        SymbolicPath(path: state.memory.path, result: word, memory: state.memory))
                    break following
                case .branched(let condition, taken: let target):
                    if let (left, right) = comparison { result.note(left, right) }
                    if let isTaken = state.memory.path.knows(condition) {
                        if isTaken { state.position = target }
                        continue
                    }
                    var taken = state
                    taken.position = target
                    taken.memory.path.append(condition)
                    state.memory.path.append(!condition)
                    open.append(taken)
                }
            }
        }
        return result
    }

    private func comparison(
        _ step: Program.Step, _ state: MachineState<SymbolicDomain>
    ) throws(Trap) -> (left: BitVector, right: BitVector)? {
        guard case .branch(let condition, .bits64, let left, .register(let right), _) = step.instruction,
            condition == .equal || condition == .notEqual
        else { return nil }
        return (try state.registers.read(left), try state.registers.read(right))
    }

    private func execute(
        _ step: Program.Step, _ state: inout MachineState<SymbolicDomain>
    ) throws(Trap) -> StepOutcome<BitVector, Boolean> {
        guard case .arithmetic(.or, .bits64, let destination, let operand) = step.instruction else {
            return try state.execute(step, in: domain)
        }
        let left = try state.registers.read(destination)
        let right =
            switch operand {
            case .register(let register): try state.registers.read(register)
            case .immediate(let value): domain.constant(UInt64(bitPattern: Int64(value)))
            }
        let outcome = try state.execute(step, in: domain)
        // SOUNDNESS: the same number, because each bit of it depends on the bits in its place alone.
        state.registers.write(destination, Self.join(left, right))
        return outcome
    }

    private static func join(_ left: BitVector, _ right: BitVector) -> BitVector {
        let bytes = (0..<8).map { left[$0 * 8..<$0 * 8 + 8] | right[$0 * 8..<$0 * 8 + 8] }
        return bytes.dropFirst().reduce(bytes[0]) { $1.concatenated(withLow: $0) }
    }
}

extension ProbeExploration.Result {
    fileprivate mutating func note(_ left: BitVector, _ right: BitVector) {
        let areEqual = left.equals(right)
        comparisons[areEqual] = .init(left: left, right: right, areEqual: true)
        comparisons[!areEqual] = .init(left: left, right: right, areEqual: false)
    }
}
