/// An instruction that stands for something by name.
package struct BPFReference: Hashable, Sendable {
    package enum Target: Hashable, Sendable {
        /// The map itself.
        case map(String)
        /// A place in the only value of a data map.
        case mapValue(map: String, offset: UInt32)
        /// The first instruction of a function of `.text`.
        case function(String)
    }

    /// Index of the instruction (of the first slot of a two-slot load) in its code.
    package let instruction: Int
    package let target: Target

    package init(instruction: Int, target: Target) {
        self.instruction = instruction
        self.target = target
    }
}
