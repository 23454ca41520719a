package import CasaDiagnostics
internal import CasaYAML

/// A peer that may reach the workload, and where.
package struct SourceSyntax: Sendable {
    package let peer: SourcePeer
    /// At least one.
    package let ports: [Traced<SourcePort>]
}

extension Form<SourceSyntax> {
    static var source: Form {
        .mapping("a source") { keys in
            let workload = keys.optional("workload", Form<SourceWorkload>.sourceWorkload)
            let namespace = keys.optional("namespace", .namespaceName)
            let pods = keys.optional("pods", Form<SourceSelector>.sourceSelector)
            let block = keys.optional("cidr", .block)
            let ports = keys.required("ports", .sourcePorts)
            let written = ["workload", "namespace", "pods", "cidr"].compactMap { keys.entry($0)?.key }
            // A form that is spelled wrong is told as an unknown key.
            if written.isEmpty, keys.hasUnknownKeys { return nil }
            guard written.count == 1 else {
                return keys.reading.refuse(.ambiguousSource(written, at: keys.field.heading))
            }
            let peer =
                workload.map(SourcePeer.workload) ?? namespace.map(SourcePeer.namespace)
                ?? pods.map(SourcePeer.pods) ?? block.map(SourcePeer.block)
            guard let peer, let ports else { return nil }
            return SourceSyntax(peer: peer, ports: ports.value)
        }
    }
}

extension Diagnostic {
    fileprivate static func ambiguousSource(
        _ written: [Traced<String>], at heading: SourceRange
    ) -> Diagnostic {
        guard let first = written.first else {
            return Diagnostic(.ambiguousSource, at: heading, "the source does not say who may come in")
                .help("add one of `workload`, `namespace`, `pods` and `cidr`")
        }
        let names = written.map(\.value).inBackticks()
        let start = Diagnostic(
            .ambiguousSource, at: first.origin, "the source says \(names) at once", label: "one")
        return written.dropFirst().reduce(start) { $0.also($1.origin, "another") }
            .help("write one source for each; a workload or selector has its `namespace` inside")
    }
}
