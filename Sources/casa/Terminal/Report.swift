internal import CasaDiagnostics

/// How diagnostics reach the user: `--format`, colour and width.
struct Report {
    static let option = Option("--format", "FORMAT", "human (default), concise or json")

    private let rendering: Rendering

    init(_ arguments: Arguments) throws(UsageError) {
        let name = arguments.value(Self.option.name) ?? Format.human.rawValue
        guard let format = Format(rawValue: name) else {
            let known = Format.allCases.map(\.rawValue).joined(separator: ", ")
            throw UsageError("unknown format `\(name)`; the formats are \(known)")
        }
        rendering = Rendering(
            format: format, width: Terminal.standard.width, colour: Terminal.standard.hasColour)
    }

    /// For commands whose answer is something else: people only.
    init() {
        rendering = Rendering(format: .human, width: Terminal.standard.width, colour: false)
    }

    func print(_ diagnostics: DiagnosticBag) {
        Terminal.standard.output(rendering.text(diagnostics.inReadingOrder))
    }

    func printToError(_ diagnostics: DiagnosticBag) {
        let all = diagnostics.inReadingOrder
        if !all.isEmpty { Terminal.standard.error(rendering.text(all)) }
    }
}

extension DiagnosticBag {
    /// What the diagnostics say to the shell: unreadable input means that nothing was asked.
    var exitCode: ExitCode {
        if diagnostics.contains(where: { $0.severity == .error && $0.code.rawValue / 1000 == 6 }) {
            return .notAsked
        }
        if diagnostics.contains(where: { $0.code == .undecidedProof }) { return .undecided }
        return hasErrors ? .no : .yes
    }
}
