internal import CLibBPF
internal import CasaBPF

/// A program of the kernel that is run from here.
final class BenchProgram {
    let handle: KernelHandle
    let name: String
    let kind: BPFProgramKind
    /// How many instructions the verifier followed.
    let verifiedInstructions: Int

    init(_ program: LinkedProgram, license: String, maps: [String: BenchMap], types: KernelHandle) throws {
        let code = try program.code { name in
            guard let map = maps[name] else { throw BenchFailure("no map `\(name)` was made") }
            return map.handle.rawValue
        }
        name = program.name
        kind = program.kind
        handle = try KernelHandle(Self.load(program, code, license, types), "loading `\(program.name)`")
        var information = bpf_prog_info()
        var length = UInt32(MemoryLayout<bpf_prog_info>.size)
        guard bpf_obj_get_info_by_fd(handle.rawValue, &information, &length) == 0 else {
            throw BenchFailure("nothing is told about `\(program.name)`")
        }
        verifiedInstructions = Int(information.verified_insns)
    }

    private static func load(
        _ program: LinkedProgram, _ code: [UInt8], _ license: String, _ types: KernelHandle
    ) -> Int32 {
        program.functionRecordBytes.withUnsafeBytes { functions in
            program.lineRecordBytes.withUnsafeBytes { lines in
                code.withUnsafeBytes { instructions in
                    var options = bpf_prog_load_opts()
                    options.sz = MemoryLayout<bpf_prog_load_opts>.size
                    options.expected_attach_type = bpf_attach_type(program.kind.attachType)
                    options.prog_btf_fd = UInt32(types.rawValue)
                    options.func_info = functions.baseAddress
                    options.func_info_cnt = UInt32(functions.count / BTFFunctionRecord.byteCount)
                    options.func_info_rec_size = UInt32(BTFFunctionRecord.byteCount)
                    options.line_info = lines.baseAddress
                    options.line_info_cnt = UInt32(lines.count / BTFLineRecord.byteCount)
                    options.line_info_rec_size = UInt32(BTFLineRecord.byteCount)
                    return bpf_prog_load(
                        bpf_prog_type(program.kind.programType), program.name, license,
                        instructions.assumingMemoryBound(to: bpf_insn.self).baseAddress,
                        instructions.count / 8,
                        &options)
                }
            }
        }
    }

    /// Nanoseconds a run, as the kernel measures them.
    func run(times: Int) throws -> Int {
        let packet = [UInt8](repeating: 0, count: 64)
        return try packet.withUnsafeBytes { packet in
            var options = bpf_test_run_opts()
            options.sz = MemoryLayout<bpf_test_run_opts>.size
            options.data_in = packet.baseAddress
            options.data_size_in = UInt32(packet.count)
            options.repeat = Int32(times)
            let result = bpf_prog_test_run_opts(handle.rawValue, &options)
            guard result == 0 else { throw BenchFailure("a test run fails (\(result))") }
            return Int(options.duration)
        }
    }
}
