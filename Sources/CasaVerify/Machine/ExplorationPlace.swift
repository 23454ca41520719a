/// How far a state has come: in each frame, through which turn of which loops to which block and instruction.
///
/// The order is that in which states are followed, so that whoever can still reach a place comes before those who are
/// there. Frames that went deeper come first.
struct ExplorationPlace: Hashable, Comparable {
    struct Frame: Hashable {
        let function: Int
        var block: Int
        /// How often each loop around the block was entered again, outermost first.
        var turns: [Int]
        /// Places in the order, each loop's head before its turn, the block's last.
        var path: [Int]
        /// The index of an instruction.
        var position: Int
    }

    var frames: [Frame]

    static func < (left: Self, right: Self) -> Bool {
        for (mine, others) in zip(left.frames, right.frames) {
            for (first, second) in zip(mine.path, others.path) where first != second { return first < second }
            if mine.path.count != others.path.count { return mine.path.count < others.path.count }
            if mine.position != others.position { return mine.position < others.position }
        }
        return left.frames.count > right.frames.count
    }
}
