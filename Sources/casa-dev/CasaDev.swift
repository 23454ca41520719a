internal import Glibc

/// `casa-dev`: the tool for those who work on CASA.
@main
enum CasaDev {
    static func main() {
        // A reader that goes away (casa-dev demo | head) is no error of ours.
        signal(SIGPIPE, SIG_IGN)
        exit(run(Array(CommandLine.arguments.dropFirst())))
    }

    private static func run(_ arguments: [String]) -> Int32 {
        let rest = Array(arguments.dropFirst())
        switch arguments.first {
        case "demo": return DemoCommand.run(rest)
        case "parity": return ParityCommand.run(rest)
        case "mutate": return MutateCommand.run(rest)
        case "plant": return PlantCommand.run(rest)
        case "clean" where rest.isEmpty: return CleanCommand.run()
        // What the demo starts, one process for each host and one for each list of attempts.
        case HostRole.name: return HostRole.run(rest)
        case AttemptRole.name: return AttemptRole.run(rest)
        case "--help", "-h":
            Output.line(usage)
            return 0
        case .some, nil:
            Output.complaint(usage)
            return 2
        }
    }

    private static let usage = """
        casa-dev: the tool for those who work on CASA

        usage: casa-dev demo DIRECTORY [--keep]
                 runs an example: a process for each workload, every pair tried, every verdict compared
                 --keep leaves everything up
               \(ParityCommand.usage)
                 writes what is supported, verified and tested, and holds it true; vectors are those of bpf_conformance
               casa-dev clean
                 removes what a kept or killed demo left on this machine
               casa-dev mutate DIRECTORY... [--count N] [--seed N] [--all]
                 proves N mutants of each example's objects and address tables, or shows why they are wrong
                 --all shows what became of each
               casa-dev plant POLICY BUG...
                 compiles a policy with mistakes of a compiler (Tests/Fixtures/bugs), which have to be refuted
        """
}
