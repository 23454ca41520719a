package import CasaDiagnostics

/// An application of a system.
package struct ApplicationSyntax: Sendable {
    package let name: Traced<String>
    package let type: Traced<ApplicationType>
    package let baseURL: Traced<BaseURL>
    package let kubernetesWorkloadName: Traced<String>?
    package let promptFieldJSONPath: Traced<String>?
}

/// What an application is, by upstream's names.
package enum ApplicationType: String, Hashable, Sendable, CaseIterable {
    case agent
    case mcpServer = "mcp_server"
    case client
}

extension Form<ApplicationSyntax> {
    static var application: Form {
        .mapping("an application") { keys in
            let name = keys.required("name", .displayText)
            let type = keys.required("type", .oneOf(ApplicationType.allCases, "type of application"))
            let baseURL = keys.required("baseUrl", .baseURL)
            let workload = keys.optional("kubernetesWorkloadName", .objectName)
            let schema = keys.optional("httpRequestSchema", Form<Traced<String>>.httpRequestSchema)
            guard let name, let type, let baseURL else { return nil }
            return ApplicationSyntax(
                name: name, type: type, baseURL: baseURL, kubernetesWorkloadName: workload,
                promptFieldJSONPath: schema?.value)
        }
    }
}

extension Form<Traced<String>> {
    /// Where the prompt stands in the body of a request.
    fileprivate static var httpRequestSchema: Form {
        .mapping("`httpRequestSchema`") { keys in keys.required("promptFieldJsonPath", .jsonPath) }
    }
}
