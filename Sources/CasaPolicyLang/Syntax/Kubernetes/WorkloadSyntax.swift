package import CasaDiagnostics
internal import CasaPolicyIR

/// A `Deployment`, `StatefulSet` or `Pod`.
package struct WorkloadSyntax: Sendable {
    package let kind: Traced<TargetKind>
    package let metadata: ResourceMetadata
    /// The labels its pods carry.
    package let podLabels: [LabelSyntax]
    /// Init containers come last: those that stay have ports and probes too.
    package let containers: [Traced<ContainerSyntax>]
    /// Absent means no.
    package let hostNetwork: Traced<Bool>?
}

extension Form<WorkloadSyntax> {
    /// A controller of pods: what is said of them stands in its template.
    static func controller(_ kind: Traced<TargetKind>) -> Form {
        .excerpt("a \(kind.value.rawValue)") { keys in
            let metadata = keys.required("metadata", .metadataExcerpt(in: keys.origin))
            let template = keys.required("spec", Form<PodTemplate>.controllerSpec)
            guard let metadata, let template else { return nil }
            return WorkloadSyntax(
                kind: kind, metadata: metadata.value, podLabels: template.labels,
                containers: template.pod.containers,
                hostNetwork: template.pod.hostNetwork)
        }
    }

    static func pod(_ kind: Traced<TargetKind>) -> Form {
        .excerpt("a Pod") { keys in
            let metadata = keys.required("metadata", .metadataExcerpt(in: keys.origin))
            let pod = keys.required("spec", Form<PodSpec>.podSpec)
            guard let metadata, let pod else { return nil }
            return WorkloadSyntax(
                kind: kind, metadata: metadata.value, podLabels: metadata.labels, containers: pod.containers,
                hostNetwork: pod.hostNetwork)
        }
    }
}

/// What a controller makes its pods from.
private struct PodTemplate: Sendable {
    let labels: [LabelSyntax]
    let pod: PodSpec
}

/// The `spec` of a pod.
private struct PodSpec: Sendable {
    let containers: [Traced<ContainerSyntax>]
    let hostNetwork: Traced<Bool>?
}

extension Form<PodTemplate> {
    fileprivate static var controllerSpec: Form {
        .excerpt("the spec of a workload") { keys in keys.required("template", Form.podTemplate)?.value }
    }

    private static var podTemplate: Form {
        .excerpt("a pod template") { keys in
            let labels = keys.optional("metadata", .templateLabels)
            let pod = keys.required("spec", Form<PodSpec>.podSpec)
            return pod.map { PodTemplate(labels: labels?.value ?? [], pod: $0.value) }
        }
    }
}

extension Form<[LabelSyntax]> {
    /// The labels in the metadata of a template, which has no name.
    fileprivate static var templateLabels: Form {
        .excerpt("`metadata`") { keys in keys.optional("labels", .labels)?.value ?? [] }
    }
}

extension Form<PodSpec> {
    fileprivate static var podSpec: Form {
        .excerpt("the spec of a pod") { keys in
            let containers = keys.list("containers", of: .container)
            let initContainers = keys.list("initContainers", of: .container)
            return PodSpec(
                containers: containers + initContainers,
                hostNetwork: keys.optional("hostNetwork", .truthValue))
        }
    }
}
