internal import CasaDiagnostics
internal import CasaNode

/// `casa unload`: takes a namespace out of the kernel.
enum UnloadCommand: Command {
    static let name = "unload"
    static let summary = "detaches the programs of a namespace and removes what was pinned"
    static let synopsis = "NAMESPACE"
    static let options: [Option] = []

    static func run(_ arguments: Arguments) throws(UsageError) -> ExitCode {
        let namespace = try arguments.single("NAMESPACE")
        do throws(NodeError) {
            guard try Unloader().unload(namespace).wasLoaded else {
                throw NodeError.notLoaded(namespace: namespace)
            }
            Terminal.standard.output("unloaded namespace \(namespace)\n")
            return .yes
        } catch {
            Report.printToError(error)
            return .notAsked
        }
    }
}

extension Report {
    /// The one thing that went wrong on the node.
    static func printToError(_ error: NodeError) {
        var diagnostics = DiagnosticBag()
        diagnostics.report(error.diagnostic)
        Report().printToError(diagnostics)
    }
}
