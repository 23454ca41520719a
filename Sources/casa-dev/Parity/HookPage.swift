internal import CasaBPF

/// Every program of an object, with its hook and its proof.
struct HookPage {
    private let object: ExampleObject
    /// What is proved besides the programs: name and subject.
    private let others: [(name: String, subject: String)]
    private let evidence: String

    init(_ object: ExampleObject, _ claims: ClaimCheck) throws {
        self.object = object
        for program in object.programs { _ = try claims.obligations([Self.obligation(of: program)]) }
        let own = Set(object.programs.map(Self.obligation))
        let loaded = claims.obligations.subtracting(object.obligations).sorted()
        var others: [(name: String, subject: String)] = []
        for name in object.obligations + loaded where !own.contains(name) {
            others.append((name, try Self.subject(of: name)))
        }
        self.others = others
        evidence = """
            The templates with a policy of their own run on Linux 5.10, in `Tests/OldKernel/run`. On the kernel of the machine that runs
            the tests: packets by `BPF_PROG_TEST_RUN` in \(try claims.tests("PacketDifferentialTests")), calls by real processes in
            \(try claims.tests("RealCallTests", "SocketDifferentialTests")), loading, replacing and reading back in
            \(try claims.tests("LoadTests", "LoadReplacementTests", "LoadStatusTests")). The last such run was on Linux 6.18.
            """
    }

    private static func obligation(of program: BPFProgram) -> String { "hook \(program.name)" }

    var text: String {
        var table = MarkdownTable("program", "section", "program type", "attach type", "obligation")
        for program in object.programs {
            table.add(
                program.name.asCode, program.kind.section.asCode, "\(program.kind.programType)",
                "\(program.kind.attachType)", Self.obligation(of: program).asCode)
        }
        var parts = MarkdownTable("obligation", "about")
        for (name, subject) in others { parts.add(name.asCode, subject) }
        return """
            # Hooks

            The programs of every object, by the kernel's numbers (`enum bpf_prog_type`, `enum bpf_attach_type`), and the obligation that
            each is proved by. Kernels from 5.8 on have all of these hooks.

            \(table.text)

            What they call and read is proved by itself; before any of it, the object has to have exactly these programs, and the functions,
            maps and tables that are known, or it is rejected:

            \(parts.text)

            \(evidence)

            """
    }

    private static func subject(of obligation: String) throws(ParityFailure) -> String {
        switch obligation.split(separator: " ").first {
        case "verdict": return "`casa_verdict`: the decision of every subject, class and question"
        case "region4", "region6":
            return "`casa_\(obligation)`: the class of every address, by the blocks of the policy"
        case "regions": return "the word that says which of the two functions knows any region"
        case "option", "options", "extension", "extensions":
            return "`casa_read_\(obligation)`: what a header holds behind its fixed part"
        case "addresses":
            return "the table of addresses that a node makes when it loads: each slot, each address"
        case .some, nil: throw ParityFailure("nothing is said of the obligation `\(obligation)`")
        }
    }
}
