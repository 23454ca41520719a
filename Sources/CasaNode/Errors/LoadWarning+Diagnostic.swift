package import CasaDiagnostics

extension LoadWarning {
    /// What is said to the user.
    package var diagnostic: Diagnostic {
        switch self {
        case .emptyCgroup(let pod, let path, let origin):
            Diagnostic(
                .missingCgroup, .warning, at: origin, "no process of pod \(pod) is in its cgroup",
                label: "empty"
            ).note("`\(path)`: a process that did not enter its cgroup is allowed everything")
                .help("enter the cgroup before exec: sockets keep the cgroup in which they were made")
        case .nothingToJudge(let namespace):
            Diagnostic(
                .missingCgroup, .warning, at: nil,
                "no workload of namespace \(namespace) has a cgroup in the inventory"
            ).note("nothing is judged on this node")
        case .vanished(let path):
            Diagnostic(
                .missingCgroup, .warning, at: nil,
                "cgroup `\(path)` went away while its programs were switched")
        case .freshMap(let name):
            Diagnostic(
                .systemCallFailed, .warning, at: nil,
                "map `\(name)` of the old programs does not fit the new ones"
            )
            .note("a new one took its place; what it held is gone")
        case .leftover(let failure):
            Diagnostic(
                .systemCallFailed, .warning, at: nil,
                "the load is in force, and cleaning up failed: \(failure)")
        }
    }
}
