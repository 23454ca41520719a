internal import CasaBPF

/// Whether an object has the programs, functions, maps and data that ours have, and nothing else.
struct ObjectStructure {
    private static let programs: [String: BPFProgramKind] = [
        "casa_connect4": .connect4, "casa_connect6": .connect6, "casa_sendmsg4": .sendmsg4,
        "casa_sendmsg6": .sendmsg6, "casa_egress": .egress, "casa_ingress": .ingress,
        "casa_sock_create": .socketCreate,
    ]
    private static let functions: Set<String> = [
        "casa_verdict", "casa_region4", "casa_region6", "casa_read_option", "casa_read_options",
        "casa_read_extension", "casa_read_extensions", "casa_send",
    ]
    /// Kinds of maps by `enum bpf_map_type`.
    private static let maps: [String: UInt32] = [
        "casa_counters": 6, "casa_events": 27, "casa_losses": 6, "casa_settings": 2, "casa_peers": 24,
    ]
    private static let tables: Set<String> = [
        ".rodata.subject", ".rodata.regions", ".rodata.addresses4", ".rodata.addresses6",
    ]
    private static let decisions = ".rodata.decisions"

    func check(_ object: BPFObject) throws(ProofError) {
        try require(Set(object.programs.map(\.name)), Set(Self.programs.keys), "programs")
        for program in object.programs where program.kind != Self.programs[program.name] {
            throw .rejected("`\(program.name)` is in section `\(program.kind.section)`")
        }
        try require(Set(object.functions.map(\.name)), Self.functions, "functions")
        try require(Set(object.maps.map(\.name)), Set(Self.maps.keys), "maps")
        for map in object.maps where map.type != Self.maps[map.name] {
            throw .rejected("the map `\(map.name)` is of type \(map.type)")
        }
        try require(Set(object.dataMaps.map(\.name)).subtracting([Self.decisions]), Self.tables, "tables")
        for data in object.dataMaps where !data.isReadOnly {
            throw .rejected("`\(data.name)` can be written")
        }
    }

    private func require(_ found: Set<String>, _ wanted: Set<String>, _ what: String) throws(ProofError) {
        let missing = wanted.subtracting(found).sorted()
        let foreign = found.subtracting(wanted).sorted()
        if let name = missing.first { throw .rejected("among its \(what) there is no `\(name)`") }
        if let name = foreign.first { throw .rejected("`\(name)` is none of the \(what) that are known") }
    }
}
