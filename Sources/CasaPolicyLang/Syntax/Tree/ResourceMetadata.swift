package import CasaDiagnostics

/// What every object says about itself.
package struct ResourceMetadata: Sendable {
    package let name: Traced<String>
    /// Absent means `default`.
    package let namespace: Traced<String>?
    package let labels: [LabelSyntax]
    package let annotations: [LabelSyntax]
    /// The whole object.
    package let document: SourceRange

    /// The value of a label.
    package func label(_ key: String) -> Traced<String>? {
        labels.first { $0.key.value == key }?.value
    }
}

extension Form<ResourceMetadata> {
    /// The metadata of our own kinds, in an object at `document`.
    static func metadata(in document: SourceRange) -> Form {
        .mapping("`metadata`") { keys in
            // What the API server adds to the objects it gives out.
            keys.ignore("uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp")
            keys.ignore("deletionGracePeriodSeconds", "finalizers", "ownerReferences", "managedFields")
            keys.ignore("selfLink", "generateName")
            return read(keys, in: document)
        }
    }

    /// The metadata of Kubernetes' kinds.
    static func metadataExcerpt(in document: SourceRange) -> Form {
        .excerpt("`metadata`") { keys in read(keys, in: document) }
    }

    private static func read(_ keys: MappingReader, in document: SourceRange) -> ResourceMetadata? {
        let name = keys.required("name", .objectName)
        let namespace = keys.optional("namespace", .namespaceName)
        let labels = keys.optional("labels", .labels)
        let annotations = keys.optional("annotations", .annotations)
        return name.map {
            ResourceMetadata(
                name: $0, namespace: namespace, labels: labels?.value ?? [],
                annotations: annotations?.value ?? [],
                document: document)
        }
    }
}
