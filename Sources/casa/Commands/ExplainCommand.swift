internal import CasaCompiler
internal import CasaDiagnostics
internal import CasaPolicyIR

/// The command `casa explain`, which answers one question with the rule that decides it.
enum ExplainCommand: Command {
    static let name = "explain"
    static let summary = "answers whether one flow is allowed, and by which rule"
    static let synopsis = "--from WORKLOAD --to HOST:PORT [--protocol TCP|UDP] PATH..."
    static let options = [
        Option("--from", "WORKLOAD", "who opens the flow: a workload, an application, or an address"),
        Option("--to", "HOST:PORT", "where to: a Service, workload, external name or address, and a port"),
        Option("--protocol", "PROTOCOL", "TCP (default) or UDP"),
        Report.option,
    ]

    static func run(_ arguments: Arguments) throws(UsageError) -> ExitCode {
        let request = ExplainRequest(
            from: try arguments.required("--from"), to: try arguments.required("--to"),
            transport: try transport(arguments))
        let paths = try arguments.atLeastOne("PATH")
        let report = try Report(arguments)
        var diagnostics = DiagnosticBag()
        let meaning: Compilation.Meaning
        do throws(Reported) {
            let sources = try SourceCollection(arguments: paths).read(reporting: &diagnostics)
            meaning = try Compilation(of: sources).meaning(reporting: &diagnostics)
        } catch {
            report.printToError(diagnostics)
            return .notAsked
        }
        return try answer(request, meaning.model)
    }

    private static func answer(_ request: ExplainRequest, _ model: PolicyModel) throws(UsageError) -> ExitCode
    {
        do throws(ExplainRequest.Failure) {
            let explanation = try request.explain(model)
            Terminal.standard.output(ExplanationText(request, explanation).text)
            return explanation.decision.passes ? .yes : .no
        } catch {
            throw UsageError(message(error))
        }
    }

    private static func transport(_ arguments: Arguments) throws(UsageError) -> Transport {
        let name = arguments.value("--protocol") ?? Transport.tcp.rawValue
        guard let transport = Transport(rawValue: name.uppercased()), transport != .any else {
            throw UsageError("unknown protocol `\(name)`; write TCP or UDP")
        }
        return transport
    }

    private static func message(_ failure: ExplainRequest.Failure) -> String {
        switch failure {
        case .notHostAndPort(let text):
            return "`\(text)` is not HOST:PORT with a port from 1 to 65535"
        case .unknownName(let text, let suggestion):
            return "nothing in the input is called `\(text)`"
                + (suggestion.map { "; did you mean `\($0)`?" } ?? "")
        case .ambiguousName(let text, let candidates):
            return "`\(text)` is the name of several workloads: \(candidates.joined(separator: ", "))"
        case .neitherManaged:
            return "neither end is a workload of a managed namespace; nothing would judge this flow"
        }
    }
}
