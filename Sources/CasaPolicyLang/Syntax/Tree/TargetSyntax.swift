package import CasaDiagnostics
package import CasaPolicyIR

/// The kinds of workload a policy can be about.
package typealias TargetKind = WorkloadID.Kind

/// The workload a policy is about.
package struct TargetSyntax: Sendable {
    package let kind: Traced<TargetKind>
    package let name: Traced<String>
    /// The whole reference.
    package let origin: SourceRange
}

extension Form<TargetSyntax> {
    static var target: Form {
        .mapping("`targetRef`") { keys in
            let kind = keys.required("kind", .oneOf(TargetKind.allCases, "kind of workload"))
            let name = keys.required("name", .objectName)
            guard let kind, let name else { return nil }
            return TargetSyntax(kind: kind, name: name, origin: keys.origin)
        }
    }
}
