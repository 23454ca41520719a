internal import CasaCompiler
internal import CasaDiagnostics

/// The command `casa check`, which says what is wrong with policies.
enum CheckCommand: Command {
    static let name = "check"
    static let summary = "checks policies and prints what is wrong with them"
    static let synopsis = "PATH... [--format human|concise|json]"
    static let options = [Report.option]

    static func run(_ arguments: Arguments) throws(UsageError) -> ExitCode {
        let report = try Report(arguments)
        let paths = try arguments.atLeastOne("PATH")
        var diagnostics = DiagnosticBag()
        do throws(Reported) {
            let sources = try SourceCollection(arguments: paths).read(reporting: &diagnostics)
            _ = try Compilation(of: sources).meaning(reporting: &diagnostics)
        } catch {
            // The proof that something was said is all there is to know.
        }
        report.print(diagnostics)
        return diagnostics.exitCode
    }
}
