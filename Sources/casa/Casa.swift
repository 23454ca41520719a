internal import Glibc

/// `casa`: the tool for people and CI.
@main
enum Casa {
    static let commands: [any Command.Type] = [
        CheckCommand.self, ExplainCommand.self, BuildCommand.self, VerifyCommand.self,
        DumpCommand.self, AttestCommand.self, LoadCommand.self, StatusCommand.self, WatchCommand.self,
        UnloadCommand.self,
        MachineCommand.self,
    ]

    static func main() {
        // A reader that goes away (casa check | head) is no error of ours.
        signal(SIGPIPE, SIG_IGN)
        exit(run(Array(CommandLine.arguments.dropFirst())).rawValue)
    }

    private static func run(_ arguments: [String]) -> ExitCode {
        guard let name = arguments.first else {
            Terminal.standard.error(Usage.overview(commands))
            return .notAsked
        }
        switch name {
        case "--help", "-h", "help":
            let topic = arguments.dropFirst().first.flatMap { topic in commands.first { $0.name == topic } }
            Terminal.standard.output(topic.map(Usage.page) ?? Usage.overview(commands))
            return .yes
        case "--version":
            Terminal.standard.output(Version.text)
            return .yes
        case let name:
            guard let command = commands.first(where: { $0.name == name }) else {
                Terminal.standard.error(Usage.unknownCommand(name, commands))
                return .notAsked
            }
            return run(command, Array(arguments.dropFirst()))
        }
    }

    private static func run(_ command: any Command.Type, _ words: [String]) -> ExitCode {
        if words.contains("--help") || words.contains("-h") {
            Terminal.standard.output(Usage.page(command))
            return .yes
        }
        do throws(UsageError) {
            return try command.run(Arguments(words, for: command))
        } catch {
            Terminal.standard.error(
                "error: \(error.message)\n  = help: casa \(command.name) \(command.synopsis)\n")
            return .notAsked
        }
    }
}

/// What the tool answers to the shell (`spec/cli.md`).
enum ExitCode: Int32 {
    /// Yes: checked, allowed, built, loaded.
    case yes = 0
    /// No: errors in the policy, refused.
    case no = 1
    /// The question could not be put: bad usage, unreadable input, missing privilege.
    case notAsked = 2
    /// Nobody could tell in the time given.
    case undecided = 3
}
