/// A family's address space cut into intervals, each with the blocks that hold it.
///
/// Blocks nest or are apart, so the set of blocks that hold an address is the innermost one with everything
/// around it: a region is named by its innermost block.
struct AddressRegions<Address: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
    /// A block by its first and last address, and the block around it.
    struct Block: Sendable {
        let first: Address
        let last: Address
        /// The index of the smallest block that holds this one.
        fileprivate(set) var parent: Int?
    }

    /// From here up to the next one, addresses lie in this block and in no narrower one.
    struct Step: Hashable, Sendable {
        let start: Address
        /// The index of the innermost block; `nil` outside every block.
        let innermost: Int?
    }

    /// As given.
    let blocks: [Block]
    /// The first starts at zero; neighbours differ.
    let steps: [Step]

    /// Takes distinct blocks, ordered by first address, wider ones before those inside them.
    init(_ ordered: [(first: Address, last: Address)]) {
        var blocks = ordered.map { Block(first: $0.first, last: $0.last, parent: nil) }
        var steps = [Step(start: 0, innermost: nil)]
        var open: [Int] = []

        func begin(_ start: Address, in innermost: Int?) {
            if steps[steps.count - 1].start == start { steps.removeLast() }
            if steps.last?.innermost == innermost, !steps.isEmpty { return }
            steps.append(Step(start: start, innermost: innermost))
        }
        func close(_ index: Int) {
            open.removeLast()
            // A block that ends with the address space has nothing behind it.
            if blocks[index].last < Address.max { begin(blocks[index].last + 1, in: open.last) }
        }

        for index in blocks.indices {
            while let top = open.last, blocks[top].last < blocks[index].first { close(top) }
            blocks[index].parent = open.last
            begin(blocks[index].first, in: index)
            open.append(index)
        }
        while let top = open.last { close(top) }
        self.blocks = blocks
        self.steps = steps
    }

    /// A block and every block around it, the narrowest first.
    func chain(of index: Int) -> [Int] {
        var chain = [index]
        while let parent = blocks[chain[chain.count - 1]].parent { chain.append(parent) }
        return chain
    }
}
