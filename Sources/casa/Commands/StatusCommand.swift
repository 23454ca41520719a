internal import CasaDiagnostics
internal import CasaNode

/// `casa status`: what is really in force, read back from the kernel.
enum StatusCommand: Command {
    static let name = "status"
    static let summary = "shows what is loaded, read back from the kernel"
    static let synopsis = "[NAMESPACE]"
    static let options: [Option] = []

    /// Yes where every hook runs what was loaded, no where something is missing or differs.
    static func run(_ arguments: Arguments) throws(UsageError) -> ExitCode {
        let reader = StatusReader()
        let named = arguments.operands.isEmpty ? nil : try arguments.single("NAMESPACE")
        do throws(NodeError) {
            try reader.checkPrivilege()
            let namespaces = named.map { [$0] } ?? reader.namespaces()
            if namespaces.isEmpty { Terminal.standard.output("nothing is loaded\n") }
            var isComplete = true
            for namespace in namespaces {
                let status = try reader.status(of: namespace)
                Terminal.standard.output(StatusText(status).text)
                isComplete = isComplete && status.isComplete
            }
            return isComplete ? .yes : .no
        } catch {
            Report.printToError(error)
            return .notAsked
        }
    }
}
