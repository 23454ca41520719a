package import CasaBPF
package import CasaBundle
package import CasaDiagnostics
package import CasaPolicyIR
internal import Glibc

/// Why the node could not do what it was asked for; ``diagnostic`` says it to people.
package enum NodeError: Error, Sendable {
    // What this process or this machine lacks.
    case missingCapabilities([Capability])
    case refusedByKernel(SystemCallFailure)
    case memoryLimit(SystemCallFailure)
    case missingFeatures([KernelFeature], release: KernelRelease)
    case hiddenSockets(HiddenSockets, release: KernelRelease)
    case noBPFFileSystem(path: String)
    case noCgroupMount

    // What does not fit together.
    case invalidNamespace(String)
    case corruptObject(ObjectError)
    case incompleteObject(missing: String)
    case rejected(VerifierRejection)
    case unservedPoints([UnservedPoint], rules: [RuleEntry])
    case unjudgedWorkload(WorkloadID, at: SourceRange?)
    case differentNetwork(WorkloadID, compiledForHost: Bool, at: SourceRange?)
    case addresses(AddressTable.Failure, at: SourceRange?)
    case cgroup(CgroupProblem)

    // What is not known of a bundle, or known to be older.
    case unproved(namespace: String)
    case foreignAttestation
    case staleGeneration(AttestedGeneration, than: AttestedGeneration)

    // What happened.
    case busy(path: String)
    case notLoaded(namespace: String)
    case alreadyWatched(namespace: String)
    case unreadableState(path: String, reason: String)
    case unwritableState(path: String)
    case unreadableEvent(EventRecord.Problem)
    case systemCall(SystemCallFailure)
    /// A switch failed, and the links named here could not be switched back.
    case notSwitchedBack(cause: String, links: [String])
}

extension NodeError {
    /// The meaning of a failed call; `map` is the kernel's number for the type of a map that was to be made.
    init(_ failure: SystemCallFailure, map: UInt32?) {
        if let feature = FeatureProbe.feature(missingFor: failure, map: map) {
            self = .missingFeatures([feature], release: .current)
        } else if failure.number == EPERM, failure.call.hasPrefix("BPF_") {
            self = .refusedByKernel(failure)
        } else {
            self = .systemCall(failure)
        }
    }
}
