/// Why instructions do not make a program.
package enum ProgramError: Error, Hashable, Sendable {
    case undecodable(DecodingError)
    case empty
    case targetOutside(slot: Int, target: Int)
    case targetInsideWideLoad(slot: Int, target: Int)
    case runsOffTheEnd(slot: Int)
    /// A function's code jumps into, or runs on into, another function.
    case leavesFunction(slot: Int, function: Int)
}

extension ProgramError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .undecodable(let error): error.description
        case .empty: "a program has at least one instruction"
        case .targetOutside(let slot, let target):
            "instruction \(slot): slot \(target) is outside the program"
        case .targetInsideWideLoad(let slot, let target):
            "instruction \(slot): slot \(target) is the second half of a wide load"
        case .runsOffTheEnd(let slot): "instruction \(slot): control runs off the end of the program"
        case .leavesFunction(let slot, let function):
            "instruction \(slot): control leaves the function at slot \(function)"
        }
    }
}
