internal import CasaDiagnostics
internal import CasaPolicyIR

/// Finds applications among those of all systems: by host, by workload, by namespace.
struct ApplicationIndex: Sendable {
    private struct Entry {
        /// The place in the order of systems and their applications.
        let ordinal: Int
        let application: CheckedApplication
    }

    /// The same server behind the same gate, whichever system lists it.
    private struct Identity: Hashable {
        let workload: WorkloadID
        let type: ApplicationType
        let port: UInt16

        init(_ application: CheckedApplication) {
            workload = application.workload.value
            type = application.type
            port = application.port
        }
    }

    /// By host as it is written, and the namespace of the system.
    private var byShortHost: [QualifiedName: [Entry]] = [:]
    /// By host as it is written, whichever system does.
    private var byFullHost: [String: [Entry]] = [:]
    private var byWorkload: [WorkloadID: CheckedApplication] = [:]
    private var workloads: [String: [WorkloadID]] = [:]
    private var hosts: [String: [String]] = [:]

    init(_ systems: [CheckedSystem]) {
        var ordinal = 0
        for system in systems {
            for application in system.applications {
                let entry = Entry(ordinal: ordinal, application: application)
                let host = application.host.value
                byShortHost[QualifiedName(namespace: system.namespace, name: host), default: []].append(entry)
                byFullHost[host, default: []].append(entry)
                if byWorkload[application.workload.value] == nil {
                    byWorkload[application.workload.value] = application
                }
                workloads[system.namespace, default: []].append(application.workload.value)
                hosts[system.namespace, default: []].append(host)
                ordinal += 1
            }
        }
        byShortHost = byShortHost.mapValues(Self.distinct)
        byFullHost = byFullHost.mapValues(Self.distinct)
    }

    private static func distinct(_ entries: [Entry]) -> [Entry] {
        var seen: Set<Identity> = []
        return entries.filter { seen.insert(Identity($0.application)).inserted }
    }

    /// Those whose host is the name; systems may share an `mcp_server`, which is one application.
    ///
    /// A short host is a name in its system's namespace; a longer one says its namespace itself.
    func applications(for request: EndpointRequest) -> [CheckedApplication] {
        let short = QualifiedName(namespace: request.namespace, name: request.name.value)
        var entries = byShortHost[short] ?? []
        for form in ClusterDomain.forms(of: request.service) { entries += byFullHost[form] ?? [] }
        return Self.distinct(entries.sorted { $0.ordinal < $1.ordinal }).map(\.application)
    }

    /// The first application that a workload is.
    func application(of workload: WorkloadID) -> CheckedApplication? { byWorkload[workload] }

    /// The workloads of the applications that the systems of a namespace list.
    func workloads(listedIn namespace: String) -> [WorkloadID] { workloads[namespace] ?? [] }

    /// The hosts of the applications that the systems of a namespace list.
    func hosts(listedIn namespace: String) -> [String] { hosts[namespace] ?? [] }
}
