internal import CLibBPF
internal import CasaBPF

/// An object in the kernel, with what a benchmark writes into its maps.
struct BenchObject {
    let object: BPFObject
    let types: KernelHandle
    private let maps: [String: BenchMap]

    /// `content` stands in for that of sections; `entries` sets the sizes of maps.
    init(_ bytes: [UInt8], content: [String: [UInt8]] = [:], entries: [String: Int] = [:]) throws {
        object = try BPFObject(bytes)
        types = try Self.load(types: object.btfBytes)
        maps = try Self.maps(of: object, types: types, content: content, entries: entries)
    }

    static func maps(
        of object: BPFObject, types: KernelHandle, content: [String: [UInt8]], entries: [String: Int],
        where isWanted: (String) -> Bool = { _ in true }
    ) throws -> [String: BenchMap] {
        var maps: [String: BenchMap] = [:]
        for definition in object.maps where isWanted(definition.name) {
            maps[definition.name] = try BenchMap(definition, entries: entries[definition.name], types: types)
        }
        for data in object.dataMaps where isWanted(data.name) {
            maps[data.name] = try BenchMap(
                content: content[data.name] ?? data.bytes, isReadOnly: data.isReadOnly)
        }
        return maps
    }

    static func load(types bytes: [UInt8]) throws -> KernelHandle {
        var options = bpf_btf_load_opts()
        options.sz = MemoryLayout<bpf_btf_load_opts>.size
        return try KernelHandle(bpf_btf_load(bytes, bytes.count, &options), "loading types")
    }

    func map(_ name: String) throws -> BenchMap {
        guard let map = maps[name] else { throw BenchFailure("the object has no map `\(name)`") }
        return map
    }

    func program(_ name: String) throws -> BenchProgram {
        try BenchProgram(object.linkedProgram(named: name), license: object.license, maps: maps, types: types)
    }
}
