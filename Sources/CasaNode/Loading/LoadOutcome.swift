package import CasaBundle
package import CasaDiagnostics

/// What a load did.
package struct LoadOutcome: Sendable {
    package let namespace: String
    package let bundle: Digest
    package let generation: Int
    /// Something was loaded for the namespace before.
    package let replaced: Bool
    /// `banking/Deployment/teller`, sorted.
    package let workloads: [String]
    package let cgroupsAdded: Int
    package let cgroupsSwitched: Int
    package let cgroupsRemoved: Int
    package let kernelOnly: Bool
    package let unserved: [UnservedPoint]
    package let warnings: [LoadWarning]
}

/// Something about a load that its caller should know.
package enum LoadWarning: Hashable, Sendable {
    /// No process entered this cgroup: either it runs elsewhere, outside the policy, or not yet.
    case emptyCgroup(pod: String, path: String, origin: SourceRange?)
    /// No workload of the bundle has a cgroup in the inventory.
    case nothingToJudge(namespace: String)
    /// The cgroup went away while its links were switched.
    case vanished(path: String)
    /// A map could not go on, because the new programs want another shape; watchers have to start again.
    case freshMap(name: String)
    /// Something of the generation before could not be cleared away.
    case leftover(SystemCallFailure)
}
