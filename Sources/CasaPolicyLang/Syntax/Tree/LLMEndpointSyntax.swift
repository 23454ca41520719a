package import CasaDiagnostics
package import CasaPolicyIR

/// The language model the workload may reach.
package struct LLMEndpointSyntax: Sendable {
    package let fqdn: Traced<DomainName>
    package let port: Traced<UInt16>
}

extension Form<LLMEndpointSyntax> {
    static var llmEndpoint: Form {
        .mapping("`llmEndpoint`") { keys in
            let fqdn = keys.required("fqdn", .domainName)
            let port = keys.required("port", .port)
            guard let fqdn, let port else { return nil }
            return LLMEndpointSyntax(fqdn: fqdn, port: port)
        }
    }
}
