/// Functions of an object as one run of instructions, the first of them first.
package struct LinkedCode: Hashable, Sendable {
    /// Eight bytes an instruction, with zeros where descriptors are filled in.
    package let code: [UInt8]

    /// Maps and places in data maps only, in ascending order of instructions.
    package let references: [BPFReference]
    package let functions: [BTFFunctionRecord]
    package let lines: [BTFLineRecord]

    /// The code with descriptors in place of names.
    package func code<Failure: Error>(
        descriptor: (_ map: String) throws(Failure) -> Int32
    ) throws(Failure) -> [UInt8] {
        var filled = code
        for reference in references {
            switch reference.target {
            case .map(let map):
                EncodedWord.setMap(
                    &filled, at: reference.instruction, descriptor: try descriptor(map))
            case .mapValue(let map, let offset):
                EncodedWord.setMapValue(
                    &filled, at: reference.instruction, descriptor: try descriptor(map), offset: offset)
            case .function(let name):
                preconditionFailure("the call of `\(name)` was resolved when the code was linked")
            }
        }
        return filled
    }
}
