internal import CasaBPF

/// A program's blocks and loops, and the places that states come to.
struct ExplorationMap {
    private let flow: ControlFlow
    private let orders: [WeakTopologicalOrder]
    /// By instruction.
    private let blockOf: [Int]
    private let functionOf: [Int]
    /// By block: whether it begins a few instructions that do nothing but decide a branch.
    private let isTest: [Bool]

    init(of program: Program) throws(ProgramError) {
        let flow = try ControlFlow(of: program)
        var blockOf = [Int](repeating: 0, count: program.steps.count)
        var functionOf = blockOf
        for (number, block) in flow.blocks.enumerated() {
            for position in block.range { blockOf[position] = number }
        }
        for (number, function) in flow.functions.enumerated() {
            for position in function.range { functionOf[position] = number }
        }
        self.flow = flow
        self.blockOf = blockOf
        self.functionOf = functionOf
        isTest = flow.blocks.map { Self.isTest(program.steps[$0.range]) }
        orders = flow.functions.map { WeakTopologicalOrder(of: $0, in: flow) }
    }

    /// The first instruction, before anything was done.
    var start: ExplorationPlace { ExplorationPlace(frames: [frame(at: 0, after: nil)]) }

    /// Whether the instruction is the last of its block.
    func endsBlock(_ position: Int) -> Bool {
        flow.blocks[blockOf[position]].range.upperBound == position + 1
    }

    private static let testLimit = 6

    private static func isTest(_ steps: ArraySlice<Program.Step>) -> Bool {
        guard steps.count <= testLimit, case .branch? = steps.last?.instruction else { return false }
        return steps.dropLast().allSatisfy { step in
            switch step.instruction {
            case .arithmetic, .negate, .extendSign, .orderBytes, .load, .loadImmediate64: true
            case .loadSigned, .store, .atomic, .jump, .jumpFar, .branch, .call, .exit: false
            }
        }
    }

    /// Whether the block that begins here only decides a branch.
    func isTest(_ position: Int) -> Bool {
        let block = blockOf[position]
        return isTest[block] && flow.blocks[block].range.lowerBound == position
    }

    /// Where a state has come by one step.
    func place(after previous: ExplorationPlace, _ state: MachineState<SymbolicDomain>) -> ExplorationPlace {
        var frames = previous.frames
        let last = frames.removeLast()
        if state.callers.count > frames.count, let caller = state.callers.last {
            // A call: the caller waits where it will go on.
            var waiting = last
            waiting.position = caller.position
            frames.append(waiting)
            frames.append(frame(at: state.position, after: nil))
        } else if state.callers.count < frames.count, var caller = frames.popLast() {
            caller.position = state.position
            // The call may have been the last instruction of its block.
            frames.append(
                blockOf[state.position] == caller.block ? caller : frame(at: state.position, after: caller))
        } else {
            frames.append(frame(at: state.position, after: last))
        }
        return ExplorationPlace(frames: frames)
    }

    private func frame(at position: Int, after previous: ExplorationPlace.Frame?) -> ExplorationPlace.Frame {
        let (block, function) = (blockOf[position], functionOf[position])
        let order = orders[function]
        let loops = order.loops[block] ?? []
        var turns = [Int](repeating: 0, count: loops.count)
        if let previous {
            let around = order.loops[previous.block] ?? []
            let shared = zip(loops, around).prefix { $0 == $1 }.count
            turns.replaceSubrange(0..<shared, with: previous.turns.prefix(shared))
            // Back at the head of a loop that was never left.
            if shared > 0, loops.count == shared, loops[shared - 1] == block { turns[shared - 1] += 1 }
        }
        var path: [Int] = []
        for (loop, turn) in zip(loops, turns) { path += [order.places[loop] ?? 0, turn] }
        path.append(order.places[block] ?? 0)
        return ExplorationPlace.Frame(
            function: function, block: block, turns: turns, path: path, position: position)
    }
}
