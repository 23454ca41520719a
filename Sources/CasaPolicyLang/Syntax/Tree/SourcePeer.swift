package import CasaDiagnostics
package import CasaPolicyIR
internal import CasaYAML

/// The four ways to say who may come in.
package enum SourcePeer: Sendable {
    case workload(Traced<SourceWorkload>)
    /// Every pod of a namespace.
    case namespace(Traced<String>)
    case pods(Traced<SourceSelector>)
    case block(Traced<CIDRBlock>)

    package var origin: SourceRange {
        switch self {
        case .workload(let workload): workload.origin
        case .namespace(let name): name.origin
        case .pods(let selector): selector.origin
        case .block(let block): block.origin
        }
    }
}

/// A workload by name.
package struct SourceWorkload: Sendable {
    /// Absent where the name alone is clear.
    package let kind: Traced<TargetKind>?
    package let name: Traced<String>
    /// Absent means the namespace of the policy.
    package let namespace: Traced<String>?
}

/// Pods by label.
package struct SourceSelector: Sendable {
    /// Absent means the namespace of the policy.
    package let namespace: Traced<String>?
    /// At least one.
    package let matchLabels: [LabelSyntax]
}

extension Form<SourceWorkload> {
    static var sourceWorkload: Form {
        .mapping("a source's workload") { keys in
            let kind = keys.optional("kind", .oneOf(TargetKind.allCases, "kind of workload"))
            let name = keys.required("name", .objectName)
            let namespace = keys.optional("namespace", .namespaceName)
            return name.map { SourceWorkload(kind: kind, name: $0, namespace: namespace) }
        }
    }
}

extension Form<SourceSelector> {
    static var sourceSelector: Form {
        .mapping("a source's pods") { keys in
            let namespace = keys.optional("namespace", .namespaceName)
            let labels = keys.required("matchLabels", .labels)
            guard let labels else { return nil }
            // An empty selector would silently be the whole namespace, which has a form of its own.
            guard keys.field.node["matchLabels"]?.mapping?.isEmpty == false else {
                return keys.reading.refuse(
                    Diagnostic(.invalidSelector, at: labels.origin, "`matchLabels` demands no label")
                        .help("name a label, or write `namespace:` instead of `pods:` to admit all its pods"))
            }
            return SourceSelector(namespace: namespace, matchLabels: labels.value)
        }
    }
}
