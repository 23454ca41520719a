package import CasaDiagnostics

/// A `CASAPolicy` as it was written: what one workload may reach, and who may reach it.
package struct CASAPolicySyntax: Sendable {
    package let metadata: ResourceMetadata
    package let target: TargetSyntax
    /// Absent means none, as in upstream's code.
    package let allowedProtocols: Traced<[Traced<AllowedProtocol>]>?
    package let allowedEndpoints: [Traced<EndpointSyntax>]
    package let llmEndpoint: Traced<LLMEndpointSyntax>?
    package let allowedSources: [Traced<SourceSyntax>]
}

/// What is spoken with an application, by upstream's names.
package enum AllowedProtocol: String, Hashable, Sendable, CaseIterable {
    case mcp, a2a, http
}

extension Form<CASAPolicySyntax> {
    static var casaPolicy: Form {
        .mapping("a CASAPolicy") { keys in
            keys.ignore("apiVersion", "kind", "status")
            let metadata = keys.required("metadata", .metadata(in: keys.origin))
            let spec = keys.required("spec", Form<PolicySpec>.policySpec)
            guard let metadata, let spec else { return nil }
            return CASAPolicySyntax(
                metadata: metadata.value, target: spec.target, allowedProtocols: spec.allowedProtocols,
                allowedEndpoints: spec.allowedEndpoints, llmEndpoint: spec.llmEndpoint,
                allowedSources: spec.allowedSources)
        }
    }
}

/// The `spec` of a policy.
private struct PolicySpec: Sendable {
    let target: TargetSyntax
    let allowedProtocols: Traced<[Traced<AllowedProtocol>]>?
    let allowedEndpoints: [Traced<EndpointSyntax>]
    let llmEndpoint: Traced<LLMEndpointSyntax>?
    let allowedSources: [Traced<SourceSyntax>]
}

extension Form<PolicySpec> {
    fileprivate static var policySpec: Form {
        .mapping("the spec of a CASAPolicy") { keys in
            let target = keys.required("targetRef", Form<TargetSyntax>.target)
            let protocols = keys.optional(
                "allowedProtocols", .list(of: .oneOf(AllowedProtocol.allCases, "protocol")))
            let endpoints = keys.list("allowedEndpoints", of: .endpoint)
            let llmEndpoint = keys.optional("llmEndpoint", Form<LLMEndpointSyntax>.llmEndpoint)
            let sources = keys.list("allowedSources", of: .source)
            return target.map {
                PolicySpec(
                    target: $0.value, allowedProtocols: protocols, allowedEndpoints: endpoints,
                    llmEndpoint: llmEndpoint, allowedSources: sources)
            }
        }
    }
}
