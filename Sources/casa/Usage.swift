internal import CasaCompiler
internal import CasaDiagnostics

/// The pages of `--help`.
enum Usage {
    static func overview(_ commands: [any Command.Type]) -> String {
        let width = commands.map { $0.name.count }.max() ?? 0
        let lines = commands.map { "  \(padded($0.name, to: width))  \($0.summary)" }
        return """
            casa: compiles policies of agent systems into eBPF, and tells what they permit

            usage: casa COMMAND [ARGUMENT...]

            \(lines.joined(separator: "\n"))

            casa COMMAND --help tells more. Exit codes: 0 yes, 1 no, 2 not asked, 3 undecided.

            """
    }

    static func page(_ command: any Command.Type) -> String {
        var text = "\(command.summary)\n\nusage: casa \(command.name) \(command.synopsis)\n"
        let names = command.options.map { option in
            option.name + (option.value.map { " \($0)" } ?? "")
        }
        let width = names.map(\.count).max() ?? 0
        if !names.isEmpty { text += "\n" }
        for (name, option) in zip(names, command.options) {
            text += "  \(padded(name, to: width))  \(option.summary)\n"
        }
        return text
    }

    static func unknownCommand(_ name: String, _ commands: [any Command.Type]) -> String {
        let meant = closestMatch(to: name, among: commands.map { $0.name })
        let help = meant.map { "did you mean `\($0)`?" } ?? "casa --help lists the commands"
        return "error: unknown command `\(name)`\n  = help: \(help)\n"
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}

enum Version {
    static let text = CompilerVersion.text + "\n"
}
