import CasaBPF
import CasaBundle
import CasaTestSupport
import CasaVerify

/// The statements about a whole template.
struct Statements {
    private let programs: [BPFProgramKind: HookStatement]

    init(of object: BPFObject) {
        let option = HookStatement("casa_read_option", in: object)
        let extensionHeader = HookStatement("casa_read_extension", in: object)
        let options = HookStatement(
            "casa_read_options", in: object, calling: ["option": (option, ["next", "end"])])
        let extensions = HookStatement(
            "casa_read_extensions", in: object, calling: ["extension": (extensionHeader, ["at", "kind"])])
        let functions: HookStatement.Functions = [
            "options": (options, ["end"]), "extensions": (extensions, ["kind"]),
        ]
        programs = Dictionary(
            uniqueKeysWithValues: object.programs.map {
                ($0.kind, HookStatement($0.name, in: object, calling: functions))
            })
    }

    /// Whether it passes; `nil` where the statement says neither yes nor no.
    func passes(_ hook: BPFProgramKind, _ situation: Situation, _ surroundings: Surroundings) -> Bool? {
        switch programs[hook]?.answer(situation, surroundings) {
        case 1: true
        case 0: false
        default: nil
        }
    }
}

/// Statements of the template that this compiler has; they are the same for every policy.
struct PolicyStatements {
    let compiled: CompiledPolicy
    let surroundings: Surroundings
    let statements: Statements

    init(seed: UInt64) throws {
        var generator = PolicyGenerator(seed: seed)
        let generated = generator.generate()
        compiled = try CompiledPolicy(generated)
        let specimen = try Specimen(generated.policy, as: .tree)
        surroundings = Surroundings(
            claimed: specimen.claimed,
            tables: Dictionary(uniqueKeysWithValues: compiled.tables.map { ($0.family.section, $0.bytes) }))
        statements = Statements(of: compiled.object)
    }
}
