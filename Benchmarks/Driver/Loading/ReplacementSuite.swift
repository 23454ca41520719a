internal import CasaBPF
internal import CasaCodegen
internal import CasaPolicyIR

/// From decisions in memory to decisions in force: compiled, loaded, and switched in place of what was there.
struct ReplacementSuite {
    private static let rounds = 9
    private static let sizes = [10, 1_000, 10_000]
    private static let milli = 1e3

    func rows() throws -> [Row] {
        try Self.sizes.flatMap(rows)
    }

    private func rows(_ size: Int) throws -> [Row] {
        let namespace = GeneratedNamespace(rules: size)
        let cgroup = try BenchCgroup()
        let watch = Stopwatch()
        var links: [BPFProgramKind: BenchLink] = [:]
        for _ in 0..<Self.rounds {
            try watch.time("all") { try replace(namespace, &links, in: cgroup, timing: watch) }
        }
        let kernel = watch["types"] + watch["maps"] + watch["programs"] + watch["links"]
        return [
            Row("replace: all of it, from IR", size: size, unit: "ms", ours: watch["all"] * Self.milli),
            Row("replace: compile", size: size, unit: "ms", ours: watch["compile"] * Self.milli),
            Row("replace: read the object", size: size, unit: "ms", ours: watch["read"] * Self.milli),
            Row("replace: kernel, all hooks", size: size, unit: "ms", ours: kernel * Self.milli),
            Row("replace: kernel, types", size: size, unit: "ms", ours: watch["types"] * Self.milli),
            Row("replace: kernel, tables", size: size, unit: "ms", ours: watch["maps"] * Self.milli),
            Row("replace: kernel, programs", size: size, unit: "ms", ours: watch["programs"] * Self.milli),
            Row("replace: kernel, egress program", size: size, unit: "ms", ours: watch["egress"] * Self.milli),
            Row("replace: kernel, links", size: size, unit: "ms", ours: watch["links"] * Self.milli),
        ]
    }

    private func replace(
        _ namespace: GeneratedNamespace, _ links: inout [BPFProgramKind: BenchLink], in cgroup: BenchCgroup,
        timing watch: Stopwatch
    ) throws {
        let compiled = try watch.time("compile") { try namespace.object(on: .embedded) }
        let object = try watch.time("read") { try BPFObject(compiled.bytes) }
        let types = try watch.time("types") { try BenchObject.load(types: object.btfBytes) }
        let maps = try watch.time("maps") {
            try BenchObject.maps(
                of: object, types: types, content: [".rodata.subject": [1, 0, 0, 0]],
                entries: ["casa_counters": namespace.policy.rules.count + 16])
        }
        let linked = try watch.time("link") {
            try object.programs.map { ($0.kind, try object.linkedProgram(named: $0.name)) }
        }
        var programs: [(hook: BPFProgramKind, program: BenchProgram)] = []
        try watch.time("programs") {
            for (hook, program) in linked where hook != .egress {
                programs.append((hook, try BenchProgram(program, license: object.license, maps: maps, types: types)))
            }
            for (hook, program) in linked where hook == .egress {
                let loaded = try watch.time("egress") {
                    try BenchProgram(program, license: object.license, maps: maps, types: types)
                }
                programs.append((hook, loaded))
            }
        }
        let isFirst = links.isEmpty
        for (hook, program) in programs where isFirst {
            links[hook] = try BenchLink(program, at: hook, of: cgroup.handle)
        }
        try watch.time("links") {
            for (hook, program) in programs { try links[hook]?.update(to: program) }
        }
    }
}
