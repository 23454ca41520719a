internal import CasaDiagnostics

/// A `NetworkPolicy` of Kubernetes: that it exists, and where.
package struct NetworkPolicySyntax: Sendable {
    package let metadata: ResourceMetadata
}

extension Form<NetworkPolicySyntax> {
    static var networkPolicy: Form {
        .excerpt("a NetworkPolicy") { keys in
            let metadata = keys.required("metadata", .metadataExcerpt(in: keys.origin))
            return metadata.map { NetworkPolicySyntax(metadata: $0.value) }
        }
    }
}
