/// A program with every function it calls, as one run of instructions.
///
/// Calls are resolved; maps are still names, because only the loader has descriptors.
package struct LinkedProgram: Hashable, Sendable {
    package let name: String
    package let kind: BPFProgramKind

    /// Eight bytes an instruction, with zeros where descriptors are filled in.
    package let code: [UInt8]

    /// Maps and places in data maps only, in ascending order of instructions.
    package let references: [BPFReference]
    package let functions: [BTFFunctionRecord]
    package let lines: [BTFLineRecord]

    package var instructionCount: Int { code.count / 8 }

    /// The code with descriptors in place of names, ready for `BPF_PROG_LOAD`.
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
                preconditionFailure("the call of `\(name)` was resolved when the program was linked")
            }
        }
        return filled
    }

    /// The array of `struct bpf_func_info` for `BPF_PROG_LOAD`.
    package var functionRecordBytes: [UInt8] {
        var bytes = ObjectBytes()
        for record in functions { record.encode(into: &bytes, instructionBytes: 1) }
        return bytes.bytes
    }

    /// The array of `struct bpf_line_info` for `BPF_PROG_LOAD`; empty when the object has no line records.
    package var lineRecordBytes: [UInt8] {
        var bytes = ObjectBytes()
        for record in lines { record.encode(into: &bytes, instructionBytes: 1) }
        return bytes.bytes
    }
}
