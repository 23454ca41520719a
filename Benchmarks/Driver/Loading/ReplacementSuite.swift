internal import CasaBPF
internal import CasaBundle
internal import CasaCodegen
internal import CasaNode
internal import CasaPolicyIR

/// From decisions in memory to decisions in force: compiled, loaded, and switched in place of what was there.
///
/// First the table path by itself, as the target was set: probe and decision. Then the object that nodes load, with
/// all its hooks, counters and events.
struct ReplacementSuite {
    private static let rounds = 27
    private static let sizes = [10, 1_000, 10_000]
    private static let milli = 1e3

    /// With the programs of `Benchmarks/Datapath/casa.bpf.c`.
    let template: Template

    func rows() throws -> [Row] {
        try Self.sizes.flatMap { size in try path(size) + hooks(size) }
    }

    private func path(_ size: Int) throws -> [Row] {
        let own = [".rodata.subject", DecisionTable.section]
        let watch = try Replacement(
            namespace: GeneratedNamespace(rules: size), template: template, programs: ["bench_casa_path4"],
            isReplaced: own.contains
        ).measure(rounds: Self.rounds)
        return [
            row("replace the table path, from IR", size, watch["all"]),
            row(
                "replace the table path, in the kernel", size,
                watch["tables"] + watch["programs"] + watch["switch"]),
            row("replace the table path: table", size, watch["tables"]),
            row("replace the table path: program", size, watch["programs"]),
            row("replace the table path: types", size, watch["types"]),
        ]
    }

    private func hooks(_ size: Int) throws -> [Row] {
        let watch = try Replacement(
            namespace: GeneratedNamespace(rules: size), template: .embedded,
            programs: BPFProgramKind.allCases.map { "casa_\($0.pinName)" }, isReplaced: { _ in true }
        ).measure(rounds: Self.rounds)
        return [
            row(
                "load one namespace object", size,
                ["read", "types", "tables", "programs", "switch"].reduce(0) { $0 + watch[$1] }),
            row("replace all hooks, from IR", size, watch["all"]),
            row("replace all hooks: compile", size, watch["compile"]),
            row("replace all hooks: tables", size, watch["tables"]),
            row("replace all hooks: programs", size, watch["programs"]),
        ]
    }

    private func row(_ name: String, _ size: Int, _ seconds: Double) -> Row {
        Row(name, size: size, unit: "ms", ours: seconds * Self.milli)
    }
}
