/// A program's functions and basic blocks, in the order of the code.
package struct ControlFlow: Hashable, Sendable {
    /// Instructions that are entered at the first and left after the last only.
    package struct Block: Hashable, Sendable {
        package let range: Range<Int>
        /// Blocks that may follow: where a branch is not taken comes before where it is.
        package let successors: [Int]
    }

    /// A function: its instructions, and its blocks.
    package struct Function: Hashable, Sendable {
        package let range: Range<Int>
        package let blocks: Range<Int>
    }

    package let blocks: [Block]
    package let functions: [Function]

    /// Splits a program at its jumps.
    ///
    /// `entries` are the functions that nothing in the program calls, by instruction index; the first instruction is
    /// always one.
    package init(of program: Program, entries: [Int] = []) throws(ProgramError) {
        let steps = program.steps
        var starts = Set([0] + entries)
        var leaders = starts
        for (index, step) in steps.enumerated() {
            if step.instruction.functionDistance != nil { starts.insert(Int(step.target)) }
            if step.instruction.jumpDistance != nil { leaders.insert(Int(step.target)) }
            let endsBlock = step.instruction.jumpDistance != nil || !step.instruction.fallsThrough
            if endsBlock && index + 1 < steps.count { leaders.insert(index + 1) }
        }
        leaders.formUnion(starts)

        let functionBounds = starts.sorted() + [steps.count]
        let blockBounds = leaders.sorted() + [steps.count]
        var blockAt = [Int](repeating: -1, count: steps.count)
        for (block, leader) in blockBounds.dropLast().enumerated() { blockAt[leader] = block }

        var blocks: [Block] = []
        var functions: [Function] = []
        for (start, end) in zip(functionBounds, functionBounds.dropFirst()) {
            let firstBlock = blocks.count
            while blocks.count < blockBounds.count - 1 && blockBounds[blocks.count] < end {
                let range = blockBounds[blocks.count]..<blockBounds[blocks.count + 1]
                let last = steps[range.upperBound - 1]
                var next: [Int] = []
                if last.instruction.fallsThrough { next.append(range.upperBound) }
                if last.instruction.jumpDistance != nil { next.append(Int(last.target)) }
                for index in next where !(start..<end).contains(index) {
                    throw .leavesFunction(
                        slot: program.slots[range.upperBound - 1], function: program.slots[start])
                }
                blocks.append(Block(range: range, successors: next.map { blockAt[$0] }))
            }
            functions.append(Function(range: start..<end, blocks: firstBlock..<blocks.count))
        }
        self.blocks = blocks
        self.functions = functions
    }
}
