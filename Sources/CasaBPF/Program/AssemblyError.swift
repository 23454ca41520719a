/// Why instructions could not be laid out.
package enum AssemblyError: Error, Hashable, Sendable {
    /// A conditional branch reaches 32 767 slots at most; so does `goto` on kernels before 6.6.
    case jumpOutOfReach(slot: Int, distance: Int)
    case writesFramePointer(slot: Int)
    /// A label that is jumped to, but was never placed.
    case unplacedLabel(slot: Int)
}

extension AssemblyError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .jumpOutOfReach(let slot, let distance):
            "instruction \(slot): a jump of \(distance) slots is out of reach"
        case .writesFramePointer(let slot): "instruction \(slot): the frame pointer r10 is read-only"
        case .unplacedLabel(let slot): "instruction \(slot): the label of the jump was never placed"
        }
    }
}
