/// What the runtime of a namespace has to know.
///
/// Systems, their applications and checks, and the protocols a workload may speak with each application: decisions,
/// no syntax.
package struct RuntimeTables: Hashable, Sendable, Codable {
    package var systems: [System] = []
    package var permissions: [Permission] = []

    package init(systems: [System] = [], permissions: [Permission] = []) {
        self.systems = systems
        self.permissions = permissions
    }

    package struct System: Hashable, Sendable, Codable {
        package let name: String
        package let displayName: String
        /// Upstream's names, sorted; absent in the source means all of them.
        package let enabledToolChecks: [String]
        package let llmHost: String?
        package let applications: [Application]

        package init(
            name: String, displayName: String, enabledToolChecks: [String], llmHost: String?,
            applications: [Application]
        ) {
            self.name = name
            self.displayName = displayName
            self.enabledToolChecks = enabledToolChecks
            self.llmHost = llmHost
            self.applications = applications
        }
    }

    package struct Application: Hashable, Sendable, Codable {
        package let name: String
        package let type: String
        package let workload: String
        package let host: String
        package let scheme: String
        package let promptFieldJSONPath: String?

        package init(
            name: String, type: String, workload: String, host: String, scheme: String,
            promptFieldJSONPath: String?
        ) {
            self.name = name
            self.type = type
            self.workload = workload
            self.host = host
            self.scheme = scheme
            self.promptFieldJSONPath = promptFieldJSONPath
        }
    }

    /// A workload may speak these protocols with this endpoint.
    package struct Permission: Hashable, Sendable, Codable {
        package let workload: String
        package let endpoint: String
        package let port: UInt16
        /// Upstream's names, sorted.
        package let protocols: [String]

        package init(workload: String, endpoint: String, port: UInt16, protocols: [String]) {
            self.workload = workload
            self.endpoint = endpoint
            self.port = port
            self.protocols = protocols
        }
    }
}
