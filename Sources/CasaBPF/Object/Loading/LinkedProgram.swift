/// A program with every function it calls, as one run of instructions.
///
/// Calls are resolved; maps are still names, because only the loader has descriptors.
package struct LinkedProgram: Hashable, Sendable {
    package let name: String
    package let kind: BPFProgramKind
    package let linked: LinkedCode

    package var code: [UInt8] { linked.code }
    package var references: [BPFReference] { linked.references }
    package var functions: [BTFFunctionRecord] { linked.functions }
    package var lines: [BTFLineRecord] { linked.lines }
    package var instructionCount: Int { code.count / 8 }

    /// The code with descriptors in place of names, ready for `BPF_PROG_LOAD`.
    package func code<Failure: Error>(
        descriptor: (_ map: String) throws(Failure) -> Int32
    ) throws(Failure) -> [UInt8] {
        try linked.code(descriptor: descriptor)
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
