internal import CLibBPF

extension KernelMap {
    /// The value under a number; of a per-processor map one value for every possible processor.
    func values(at index: UInt32) throws(SystemCallFailure) -> [[UInt8]] {
        let size = Int(shape.valueBytes)
        let stride = shape.isPerProcessor ? (size + 7) / 8 * 8 : size
        let processors = shape.isPerProcessor ? try Self.processorCount() : 1
        var buffer = [UInt8](repeating: 0, count: stride * processors)
        var key = index
        let result = bpf_map_lookup_elem(descriptor.rawValue, &key, &buffer)
        guard result == 0 else {
            throw SystemCallFailure("BPF_MAP_LOOKUP_ELEM", "map `\(name)`", result: result)
        }
        return (0..<processors).map { Array(buffer[$0 * stride..<$0 * stride + size]) }
    }

    private static func processorCount() throws(SystemCallFailure) -> Int {
        let count = libbpf_num_possible_cpus()
        guard count > 0 else { throw SystemCallFailure("read", "the number of processors", result: count) }
        return Int(count)
    }
}
