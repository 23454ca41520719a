internal import CLibBPF

/// A packet as a test run of the kernel wants it: with an Ethernet header in front, which programs do not see.
package struct TestFrame: Sendable {
    private static let headerBytes = 14
    private var bytes: [UInt8]

    /// Under IP's own numbers the kernel refuses frames that are shorter than an IP header.
    private static let experimental: UInt16 = 0x88B5

    package init(_ packet: [UInt8]) {
        let type: UInt16 =
            switch packet.first.map({ $0 >> 4 }) {
            case 4 where packet.count >= 20: 0x0800
            case 6 where packet.count >= 40: 0x86DD
            default: Self.experimental
            }
        bytes = [UInt8](repeating: 0, count: 12) + [UInt8(type >> 8), UInt8(type & 0xFF)] + packet
    }

    /// Changes sixteen bits of the packet, in network order.
    package mutating func write(_ word: UInt16, at offset: Int) {
        bytes[Self.headerBytes + offset] = UInt8(word >> 8)
        bytes[Self.headerBytes + offset + 1] = UInt8(truncatingIfNeeded: word)
    }

    /// Runs a program once; the answer is what it returned.
    func run(_ program: borrowing Descriptor, interface: UInt32) throws(SystemCallFailure) -> UInt32 {
        var context = __sk_buff()
        context.ifindex = interface
        var options = bpf_test_run_opts()
        options.sz = MemoryLayout<bpf_test_run_opts>.size
        options.ctx_size_in = UInt32(MemoryLayout<__sk_buff>.size)
        options.data_size_in = UInt32(bytes.count)
        let descriptor = program.rawValue
        let result = bytes.withUnsafeBytes { frame in
            withUnsafePointer(to: &context) { context in
                options.data_in = frame.baseAddress
                options.ctx_in = UnsafeRawPointer(context)
                return bpf_prog_test_run_opts(descriptor, &options)
            }
        }
        guard result == 0 else { throw SystemCallFailure("BPF_PROG_TEST_RUN", "a packet", result: result) }
        return options.retval
    }
}

/// Instructions in the kernel that read nothing and return a number of 32 bits.
package struct TestProgram: Sendable {
    private let program: KernelProgram

    /// Loads it as a classifier: of those may any number be returned.
    package init(_ code: [UInt8]) throws(SystemCallFailure) {
        let result = code.withUnsafeBytes { instructions in
            bpf_prog_load(
                BPF_PROG_TYPE_SCHED_CLS, "casa_test", "GPL",
                instructions.assumingMemoryBound(to: bpf_insn.self).baseAddress, instructions.count / 8, nil)
        }
        program = try KernelProgram(
            owning: Descriptor(owning: result, "BPF_PROG_LOAD", "a test program"), "a test program")
    }

    package func run() throws(SystemCallFailure) -> UInt32 {
        try TestFrame([UInt8](repeating: 0, count: 64)).run(program.descriptor, interface: 1)
    }
}
