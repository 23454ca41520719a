internal import CLibBPF
internal import CasaBPF

/// A verified program, for as long as this value, a link or a pin holds it.
final class KernelProgram: Sendable {
    let descriptor: Descriptor
    let id: UInt32
    /// The kernel's digest of the instructions, 16 hexadecimal digits.
    let tag: String

    init(owning descriptor: consuming Descriptor, _ subject: String) throws(SystemCallFailure) {
        var information = bpf_prog_info()
        var length = UInt32(MemoryLayout<bpf_prog_info>.size)
        let result = bpf_obj_get_info_by_fd(descriptor.rawValue, &information, &length)
        guard result == 0 else { throw SystemCallFailure("BPF_OBJ_GET_INFO_BY_FD", subject, result: result) }
        id = information.id
        tag = withUnsafeBytes(of: information.tag) { bytes in
            bytes.map { String($0 >> 4, radix: 16) + String($0 & 0xF, radix: 16) }.joined()
        }
        self.descriptor = descriptor
    }

    convenience init(pinnedAt path: String) throws(SystemCallFailure) {
        let descriptor = try Descriptor(owning: bpf_obj_get(path), "BPF_OBJ_GET", "`\(path)`")
        try self.init(owning: descriptor, "`\(path)`")
    }

    /// Opens a program that is not pinned; the kernel wants CAP_SYS_ADMIN for that.
    convenience init(id: UInt32) throws(SystemCallFailure) {
        let result = bpf_prog_get_fd_by_id(id)
        let descriptor = try Descriptor(owning: result, "BPF_PROG_GET_FD_BY_ID", "program \(id)")
        try self.init(owning: descriptor, "program \(id)")
    }
}

/// Instructions ready for the kernel, with everything the kernel is told about them.
struct ProgramImage {
    let name: String
    let kind: BPFProgramKind
    let code: [UInt8]
    let license: String
    let types: KernelTypes
    let functionRecords: [UInt8]
    let lineRecords: [UInt8]

    /// Why a program did not become one.
    enum Failure: Error {
        /// The verifier said no, at length.
        case rejected(SystemCallFailure, log: String)
        /// The call failed before the verifier had a word.
        case failed(SystemCallFailure)
    }

    /// As much as every kernel takes.
    private static let logBytes = 16 << 20 - 1

    func load() throws(Failure) -> KernelProgram {
        // Without a log first: writing one costs several times the verification.
        var result = attempt(log: nil)
        if result < 0 {
            let first = result
            var log = [CChar](repeating: 0, count: Self.logBytes)
            result = log.withUnsafeMutableBufferPointer { attempt(log: $0) }
            if result < 0 {
                let text = String(
                    decoding: log.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                let failure = SystemCallFailure("BPF_PROG_LOAD", "program `\(name)`", result: first)
                throw text.isEmpty ? .failed(failure) : .rejected(failure, log: text)
            }
        }
        do {
            let descriptor = try Descriptor(owning: result, "BPF_PROG_LOAD", "program `\(name)`")
            return try KernelProgram(owning: descriptor, "program `\(name)`")
        } catch {
            throw .failed(error)
        }
    }

    private func attempt(log: UnsafeMutableBufferPointer<CChar>?) -> Int32 {
        functionRecords.withUnsafeBytes { functions in
            lineRecords.withUnsafeBytes { lines in
                code.withUnsafeBytes { instructions in
                    var options = bpf_prog_load_opts()
                    options.sz = MemoryLayout<bpf_prog_load_opts>.size
                    options.expected_attach_type = bpf_attach_type(kind.attachType)
                    options.prog_btf_fd = UInt32(types.descriptor.rawValue)
                    options.func_info = functions.baseAddress
                    options.func_info_cnt = UInt32(functions.count / BTFFunctionRecord.byteCount)
                    options.func_info_rec_size = UInt32(BTFFunctionRecord.byteCount)
                    if !lines.isEmpty {
                        options.line_info = lines.baseAddress
                        options.line_info_cnt = UInt32(lines.count / BTFLineRecord.byteCount)
                        options.line_info_rec_size = UInt32(BTFLineRecord.byteCount)
                    }
                    if let log {
                        options.log_level = 1
                        options.log_buf = log.baseAddress
                        options.log_size = UInt32(log.count)
                    }
                    return bpf_prog_load(
                        bpf_prog_type(kind.programType), name, license,
                        instructions.assumingMemoryBound(to: bpf_insn.self).baseAddress,
                        instructions.count / 8,
                        &options)
                }
            }
        }
    }
}
