internal import CLibBPF
internal import CasaBPF

/// A map of the kernel that is filled from here.
final class BenchMap {
    let handle: KernelHandle
    let valueBytes: Int

    /// A map as an object defines it.
    init(_ definition: BPFMapDefinition, entries: Int? = nil, types: KernelHandle) throws {
        var options = bpf_map_create_opts()
        options.sz = MemoryLayout<bpf_map_create_opts>.size
        options.map_flags = definition.flags
        if definition.valueType != .void {
            options.btf_fd = UInt32(types.rawValue)
            options.btf_key_type_id = definition.keyType.rawValue
            options.btf_value_type_id = definition.valueType.rawValue
        }
        handle = try KernelHandle(
            bpf_map_create(
                bpf_map_type(definition.type), definition.kernelName, definition.keyByteCount,
                definition.valueByteCount, entries.map { UInt32($0) } ?? definition.maximumEntries, &options),
            "creating map `\(definition.name)`")
        valueBytes = Int(definition.valueByteCount)
    }

    /// A map with one value; frozen, if programs may only read it.
    init(content: [UInt8], isReadOnly: Bool) throws {
        var options = bpf_map_create_opts()
        options.sz = MemoryLayout<bpf_map_create_opts>.size
        options.map_flags = isReadOnly ? UInt32(BPF_F_RDONLY_PROG) : 0
        handle = try KernelHandle(
            bpf_map_create(BPF_MAP_TYPE_ARRAY, "bench_data", 4, UInt32(content.count), 1, &options),
            "creating a map of \(content.count) bytes")
        valueBytes = content.count
        try set(key: [0, 0, 0, 0], value: content)
        guard isReadOnly else { return }
        guard bpf_map_freeze(handle.rawValue) == 0 else { throw BenchFailure("a map cannot be frozen") }
    }

    func set(key: [UInt8], value: [UInt8]) throws {
        let result = bpf_map_update_elem(handle.rawValue, key, value, UInt64(BPF_ANY))
        guard result == 0 else { throw BenchFailure("a map takes no entry (\(result))") }
    }

    /// The value of a map with one value.
    func value() throws -> [UInt8] {
        var value = [UInt8](repeating: 0, count: valueBytes)
        let key: [UInt8] = [0, 0, 0, 0]
        guard bpf_map_lookup_elem(handle.rawValue, key, &value) == 0 else {
            throw BenchFailure("a map has no value")
        }
        return value
    }
}
