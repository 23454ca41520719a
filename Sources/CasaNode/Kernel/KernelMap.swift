internal import CLibBPF
internal import CasaBPF

/// What kind of map it is; two maps of one shape can stand for each other.
struct MapShape: Hashable, Sendable {
    /// `enum bpf_map_type`.
    var type: UInt32
    var keyBytes: UInt32
    var valueBytes: UInt32
    var entries: UInt32
    /// `BPF_F_…` bits.
    var flags: UInt32

    /// One value that programs may only read.
    static func frozen(bytes: Int) -> MapShape {
        MapShape(
            type: UInt32(BPF_MAP_TYPE_ARRAY.rawValue), keyBytes: 4, valueBytes: UInt32(bytes), entries: 1,
            flags: UInt32(BPF_F_RDONLY_PROG))
    }

    static func variables(bytes: Int) -> MapShape {
        MapShape(
            type: UInt32(BPF_MAP_TYPE_ARRAY.rawValue), keyBytes: 4, valueBytes: UInt32(bytes), entries: 1,
            flags: 0)
    }

    var isPerProcessor: Bool { type == UInt32(BPF_MAP_TYPE_PERCPU_ARRAY.rawValue) }
}

/// A map of the kernel, for as long as this value, a program or a pin holds it.
final class KernelMap: Sendable {
    let descriptor: Descriptor
    let name: String
    let shape: MapShape
    let id: UInt32

    /// The types of a map's key and value, in BTF that the kernel has.
    struct ValueTypes {
        let types: KernelTypes
        let key: BTFTypeID
        let value: BTFTypeID
    }

    /// Makes a map.
    init(creating name: String, _ shape: MapShape, types: ValueTypes?) throws(SystemCallFailure) {
        var options = bpf_map_create_opts()
        options.sz = MemoryLayout<bpf_map_create_opts>.size
        options.map_flags = shape.flags
        if let types {
            options.btf_fd = UInt32(types.types.descriptor.rawValue)
            options.btf_key_type_id = types.key.rawValue
            options.btf_value_type_id = types.value.rawValue
        }
        let result = bpf_map_create(
            bpf_map_type(shape.type), name, shape.keyBytes, shape.valueBytes, shape.entries, &options)
        descriptor = try Descriptor(owning: result, "BPF_MAP_CREATE", "map `\(name)`")
        self.name = name
        self.shape = shape
        id = try Self.information(descriptor, name: name).id
    }

    /// Opens a pinned map.
    init(pinnedAt path: String) throws(SystemCallFailure) {
        descriptor = try Descriptor(owning: bpf_obj_get(path), "BPF_OBJ_GET", "`\(path)`")
        let found = try Self.information(descriptor, name: path)
        name = path
        shape = MapShape(
            type: found.type, keyBytes: found.key_size, valueBytes: found.value_size,
            entries: found.max_entries,
            flags: found.map_flags)
        id = found.id
    }

    private static func information(
        _ descriptor: borrowing Descriptor, name: String
    ) throws(SystemCallFailure) -> bpf_map_info {
        var information = bpf_map_info()
        var length = UInt32(MemoryLayout<bpf_map_info>.size)
        let result = bpf_obj_get_info_by_fd(descriptor.rawValue, &information, &length)
        guard result == 0 else {
            throw SystemCallFailure("BPF_OBJ_GET_INFO_BY_FD", "map `\(name)`", result: result)
        }
        return information
    }

    /// Writes the value under a number.
    func set(_ bytes: [UInt8], at index: UInt32 = 0) throws(SystemCallFailure) {
        precondition(bytes.count == Int(shape.valueBytes), "a value has the size of its map's values")
        var key = index
        let result = bpf_map_update_elem(descriptor.rawValue, &key, bytes, 0)
        guard result == 0 else {
            throw SystemCallFailure("BPF_MAP_UPDATE_ELEM", "map `\(name)`", result: result)
        }
    }

    /// Takes away everyone's right to write, so that the verifier knows the content as constants.
    func freeze() throws(SystemCallFailure) {
        let result = bpf_map_freeze(descriptor.rawValue)
        guard result == 0 else { throw SystemCallFailure("BPF_MAP_FREEZE", "map `\(name)`", result: result) }
    }
}
