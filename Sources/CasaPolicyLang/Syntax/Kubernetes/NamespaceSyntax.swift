internal import CasaDiagnostics

/// A `Namespace`: its labels say whether it is managed.
package struct NamespaceSyntax: Sendable {
    package let metadata: ResourceMetadata
}

extension Form<NamespaceSyntax> {
    static var namespace: Form {
        .excerpt("a Namespace") { keys in
            let metadata = keys.required("metadata", .metadataExcerpt(in: keys.origin))
            return metadata.map { NamespaceSyntax(metadata: $0.value) }
        }
    }
}
