package import CasaDiagnostics
package import CasaPolicyIR
internal import CasaYAML

/// A `MultiAgentSystem` as it was written: which applications exist, and what is checked of their tool calls.
package struct MultiAgentSystemSyntax: Sendable {
    package let metadata: ResourceMetadata
    /// The name for people, `spec.name`.
    package let displayName: Traced<String>
    /// Absent means all of them.
    package let enabledToolChecks: Traced<[Traced<ToolCheck>]>?
    package let llmHost: Traced<DomainName>?
    package let applications: [Traced<ApplicationSyntax>]
    /// The realm that older documents name; it says nothing any more.
    package let authorizationServer: Traced<String>?
}

/// What can be checked of a tool call, by upstream's names.
package enum ToolCheck: String, Hashable, Sendable, CaseIterable {
    case toolSelected = "DETERMINISTIC_TOOL_SELECTED"
    case selectedTools = "DETERMINISTIC_LLM_SELECTED_TOOLS"
    case toolMatch = "AI_POWERED_TOOL_MATCH"
}

extension Form<MultiAgentSystemSyntax> {
    static var multiAgentSystem: Form {
        .mapping("a MultiAgentSystem") { keys in
            keys.ignore("apiVersion", "kind", "status")
            let metadata = keys.required("metadata", .metadata(in: keys.origin))
            let spec = keys.required("spec", Form<SystemSpec>.systemSpec)
            guard let metadata, let spec else { return nil }
            return MultiAgentSystemSyntax(
                metadata: metadata.value, displayName: spec.displayName,
                enabledToolChecks: spec.enabledToolChecks,
                llmHost: spec.llmHost, applications: spec.applications,
                authorizationServer: spec.authorizationServer)
        }
    }
}

/// The `spec` of a system.
private struct SystemSpec: Sendable {
    let displayName: Traced<String>
    let enabledToolChecks: Traced<[Traced<ToolCheck>]>?
    let llmHost: Traced<DomainName>?
    let applications: [Traced<ApplicationSyntax>]
    let authorizationServer: Traced<String>?
}

extension Form<SystemSpec> {
    fileprivate static var systemSpec: Form {
        .mapping("the spec of a MultiAgentSystem") { keys in
            let name = keys.required("name", .displayText)
            let checks = keys.optional(
                "enabledToolChecks", .list(of: .oneOf(ToolCheck.allCases, "tool check")))
            let host = keys.optional("llm_host", .domainName)
            let applications = keys.list("apps", of: .application)
            let server = keys.optional("authorizationServer", .text)
            if keys.entry("enabledToolChecks") == nil {
                keys.reading.report(.toolChecksUnset(keys.field.heading))
            }
            if let entry = keys.entry("authorizationServer") {
                keys.reading.report(
                    Diagnostic(.deprecatedForm, at: entry.key.origin, "`authorizationServer` is an old field")
                        .note("realms are named by the runtime")
                        .help("remove it"))
            }
            return name.map {
                SystemSpec(
                    displayName: $0, enabledToolChecks: checks, llmHost: host, applications: applications,
                    authorizationServer: server)
            }
        }
    }
}

extension Diagnostic {
    fileprivate static func toolChecksUnset(_ origin: SourceRange) -> Diagnostic {
        Diagnostic(.toolChecksUnset, at: origin, "`enabledToolChecks` is not set: all three checks are made")
            .note("upstream's API makes all three when the key is absent, its documents say none")
            .help("list the checks, or write `[]` for none")
    }
}
