/// A description that no object can be written for.
package enum ObjectWriterError: Error, Hashable, Sendable {
    case duplicateName(String)
    case brokenCode(function: String)
    case brokenAlignment(section: String)
    case variableOutsideSection(variable: String)
    case overlappingVariables(section: String)
    case misplacedReference(function: String, instruction: Int)
    case unknownSymbol(String, function: String, instruction: Int)
    case unorderedReferences(function: String)
    case unorderedLines(function: String)
    case missingLines(function: String)
}

extension ObjectWriterError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .duplicateName(let name): "`\(name)` is defined twice"
        case .brokenCode(let function): "the code of `\(function)` is empty or not whole instructions"
        case .brokenAlignment(let section): "the alignment of `\(section)` is not a power of two up to 4096"
        case .variableOutsideSection(let variable): "`\(variable)` does not lie inside its section"
        case .overlappingVariables(let section): "variables of `\(section)` overlap or are out of order"
        case .misplacedReference(let function, let instruction):
            "instruction \(instruction) of `\(function)` cannot refer to a symbol like this"
        case .unknownSymbol(let name, let function, let instruction):
            "instruction \(instruction) of `\(function)` refers to `\(name)`, which is not defined here"
        case .unorderedReferences(let function): "the references of `\(function)` are not in ascending order"
        case .unorderedLines(let function): "the lines of `\(function)` do not ascend inside its code"
        case .missingLines(let function): "`\(function)` does not begin with a line, but other code has lines"
        }
    }
}
