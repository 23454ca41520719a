internal import CasaBPF
internal import CasaCodegen
internal import CasaPolicyIR

/// One way to replace a policy, over and over, with the parts of it timed.
struct Replacement {
    let namespace: GeneratedNamespace
    let template: Template
    /// The programs that are loaded and switched.
    let programs: [String]
    /// The maps that are made anew; the others go on.
    let isReplaced: (_ map: String) -> Bool

    /// What the parts take at best, in so many rounds.
    func measure(rounds: Int) throws -> Stopwatch {
        let first = try BPFObject(namespace.object(on: template).bytes)
        let types = try BenchObject.load(types: first.btfBytes)
        let kept = try maps(of: first, types: types) { _ in true }
        let cgroup = try BenchCgroup()
        defer { withExtendedLifetime(cgroup) {} }
        var links: [String: BenchLink] = [:]
        for name in programs {
            let program = try BenchProgram(
                first.linkedProgram(named: name), license: first.license, maps: kept, types: types)
            links[name] = try BenchLink(program, at: program.kind, of: cgroup.handle)
        }
        let watch = Stopwatch()
        for _ in 0..<rounds {
            try watch.time("all") {
                let compiled = try watch.time("compile") { try namespace.object(on: template) }
                let object = try watch.time("read") { try BPFObject(compiled.bytes) }
                let linked = try programs.map { try object.linkedProgram(named: $0) }
                let types = try watch.time("types") { try BenchObject.load(types: object.btfBytes) }
                let fresh = try watch.time("tables") { try maps(of: object, types: types, where: isReplaced) }
                let all = kept.merging(fresh) { $1 }
                let loaded = try watch.time("programs") {
                    try linked.map {
                        try BenchProgram($0, license: object.license, maps: all, types: types)
                    }
                }
                try watch.time("switch") {
                    for program in loaded { try links[program.name]?.update(to: program) }
                }
            }
        }
        return watch
    }

    private func maps(
        of object: BPFObject, types: KernelHandle, where isWanted: (String) -> Bool
    ) throws -> [String: BenchMap] {
        try BenchObject.maps(
            of: object, types: types, content: [".rodata.subject": [1, 0, 0, 0]],
            entries: ["casa_counters": namespace.policy.rules.count + 16], where: isWanted)
    }
}
