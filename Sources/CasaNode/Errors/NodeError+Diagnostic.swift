internal import CasaBundle
package import CasaDiagnostics

extension NodeError {
    /// What is said to the user, with its code, its place where it has one, and what to do.
    package var diagnostic: Diagnostic {
        switch self {
        case .missingCapabilities(let capabilities):
            Diagnostic(
                .missingPrivilege, at: nil,
                "loading needs \(Self.list(capabilities.map(\.rawValue))), which this process does not have"
            ).help("run it as root, or give it these capabilities")
        case .refusedByKernel(let failure):
            Diagnostic(
                .missingPrivilege, at: nil, "the kernel does not permit \(failure.call) of \(failure.subject)"
            )
            .note("the process has the capabilities; a user namespace, seccomp or kernel lockdown forbids it")
            .help("run it in the initial user namespace, without a filter on bpf(2)")
        case .memoryLimit(let failure):
            Diagnostic(
                .missingPrivilege, at: nil, "the limit on locked memory cannot be raised: \(failure.reason)"
            )
            .note("before Linux 5.11 maps and programs are charged to it")
            .help("set `LimitMEMLOCK=infinity` for the service, or give it CAP_SYS_RESOURCE")
        case .missingFeatures(let features, let release):
            features.reduce(
                Diagnostic(.kernelTooOld, at: nil, "kernel \(release.text) has not all that CASA needs")
            ) { $0.note("\($1.description): since Linux \($1.release)") }
            .help("the oldest kernel that CASA supports is 5.8")
        case .hiddenSockets(let hidden, let release):
            Diagnostic(
                .kernelTooOld, at: nil,
                "the v1 controller `\(hidden.controller)` hides sockets from cgroup v2"
            ).note(
                "it is in use at `\(hidden.mount)`; before Linux 5.15 a socket has one or the other"
            )
            .note("this is \(release.text)")
            .help("boot with `cgroup_no_v1=net_cls,net_prio`, or use a newer kernel")
        case .noBPFFileSystem(let path):
            Diagnostic(.systemCallFailed, at: nil, "`\(path)` is not in a BPF file system")
                .help("mount -t bpf bpf /sys/fs/bpf")
        case .noCgroupMount:
            Diagnostic(.missingCgroup, at: nil, "no cgroup v2 hierarchy is mounted")
                .help("mount -t cgroup2 none /sys/fs/cgroup/unified")
        case .cgroup(let problem): Self.diagnostic(of: problem)
        case .invalidNamespace(let name):
            Diagnostic(
                .corruptBundle, at: nil, "`\(TextSafety.visible(name))` is not the name of a namespace")
        case .corruptObject(let error):
            Diagnostic(.corruptBundle, at: nil, "the bundle's object is damaged: \(error)")
        case .incompleteObject(let missing):
            Diagnostic(.corruptBundle, at: nil, "the bundle's object has no \(missing)")
                .help("compile the policy with this version of casa")
        case .rejected(let rejection): Self.diagnostic(of: rejection)
        case .unservedPoints(let points, let rules): Self.diagnostic(of: points, rules)
        case .unjudgedWorkload(let workload, let range):
            Diagnostic(
                .invalidInventory, at: range, "workload \(workload) is on this node and not in the bundle",
                label: "the bundle does not judge it"
            ).help("compile the policy together with this workload, or leave its cgroups out")
        case .differentNetwork(let workload, let compiledForHost, let range):
            Diagnostic(
                .invalidInventory, at: range,
                compiledForHost
                    ? "workload \(workload) was compiled to share the node's network"
                    : "workload \(workload) was compiled for a network apart from the node's",
                label: "the inventory says otherwise")
        case .addresses(let failure, let range): Self.diagnostic(of: failure, at: range)
        case .unproved(let namespace): Self.unproved(namespace)
        case .foreignAttestation:
            Diagnostic(.attestationMismatch, at: nil, "the attestation is of another manifest than is loaded")
        case .staleGeneration(let offered, let newest): Self.stale(offered, newest)
        case .busy(let path):
            Diagnostic(.systemCallFailed, at: nil, "another loader is at work").note("it holds `\(path)`")
        case .notLoaded(let namespace):
            Diagnostic(
                .notLoaded, at: nil, "nothing is loaded for namespace \(TextSafety.visible(namespace))"
            )
            .help("`casa status` lists what is loaded")
        case .alreadyWatched(let namespace):
            Diagnostic(.systemCallFailed, at: nil, "somebody watches namespace \(namespace) already")
                .note("events are read once; two readers would each see a part")
        case .unreadableState(let path, let reason):
            Diagnostic(.unreadableFile, at: nil, "cannot understand `\(path)`: \(reason)")
                .help("`casa unload` clears it away, `casa load` without `--trust` writes it anew")
        case .unwritableState(let path): Diagnostic(.unwritableOutput, at: nil, "cannot write `\(path)`")
        case .unreadableEvent(let problem):
            Diagnostic(.systemCallFailed, at: nil, "an event is not understood: \(problem.sentence)")
                .help("load the bundle again with this version of casa")
        case .systemCall(let failure): Diagnostic(.systemCallFailed, at: nil, "\(failure)")
        case .notSwitchedBack(let cause, let links):
            links.reduce(
                Diagnostic(
                    .systemCallFailed, at: nil, "the load failed, and part of it could not be taken back"
                )
                .note("it failed because: \(cause)")
            ) { $0.note("still switched: `\($1)`") }
            .help("load the old bundle or the new one again; every link by itself is in force")
        }
    }

    /// One sentence, for a note of another error.
    var reason: String { diagnostic.message }

    static func list(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "nothing" }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }
}
