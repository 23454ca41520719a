internal import CasaDiagnostics
internal import CasaNode

/// `casa watch`: the verdicts of a namespace as they happen.
enum WatchCommand: Command {
    static let name = "watch"
    static let summary = "prints the verdicts of a namespace as they happen"
    static let synopsis = "NAMESPACE [--json] [--count N] [--seconds N]"
    static let options = [
        Option("--json", nil, "one JSON object a line (spec/cli.md)"),
        Option("--count", "N", "stop after N events"),
        Option("--seconds", "N", "stop after N seconds"),
    ]

    private static let pollMilliseconds = 500

    static func run(_ arguments: Arguments) throws(UsageError) -> ExitCode {
        let namespace = try arguments.single("NAMESPACE")
        let count = try number(arguments, "--count")
        let seconds = try number(arguments, "--seconds")
        let isJSON = arguments.has("--json")
        do throws(NodeError) {
            try watch(namespace, count: count, seconds: seconds) { event in
                let line = isJSON ? EventRendering.json(event) : EventRendering.line(event)
                Terminal.standard.output(line + "\n")
            }
            return .yes
        } catch {
            Report.printToError(error)
            return .notAsked
        }
    }

    private static func watch(
        _ namespace: String, count: Int?, seconds: Int?, print: (VerdictEvent) -> Void
    ) throws(NodeError) {
        let stream = try EventStream(namespace: namespace)
        let lostBefore = try stream.lossCount()
        let clock = ContinuousClock()
        let deadline = seconds.map { clock.now.advanced(by: .seconds($0)) }
        var seen = 0
        while !stream.isEnded, count.map({ seen < $0 }) ?? true, deadline.map({ clock.now < $0 }) ?? true {
            guard let event = try stream.next(timeout: pollMilliseconds) else { continue }
            print(event)
            seen += 1
        }
        let lost = try stream.lossCount() &- lostBefore
        if lost > 0 { Terminal.standard.error("\(lost) events were lost: the ring was full\n") }
    }

    private static func number(_ arguments: Arguments, _ name: String) throws(UsageError) -> Int? {
        guard let text = arguments.value(name) else { return nil }
        guard let number = Int(text), number > 0 else {
            throw UsageError("`\(name)` needs a whole number above zero")
        }
        return number
    }
}
