package import CasaBundle
package import CasaPolicyIR

/// Puts a compiled namespace and its runtime tables together with the manifest that binds them.
package enum BundleAssembly {
    /// `sources` are named as the user named them; their order does not matter.
    package static func bundle(
        _ object: NamespaceObject, of policy: NamespacePolicy, compiler: String,
        sources: [Manifest.FileDigest]
    ) -> Bundle {
        let runtime = StableJSON.encode(policy.runtime)
        let manifest = Manifest(
            compiler: compiler,
            namespace: policy.name,
            object: .init(file: Bundle.objectName, sha256: Digest(of: object.bytes)),
            runtime: .init(file: Bundle.runtimeName, sha256: Digest(of: runtime)),
            template: object.template,
            sources: sources.sorted { ($0.file, $0.sha256.description) < ($1.file, $1.sha256.description) },
            decisions: object.decisions,
            subjects: policy.subjects.enumerated().map { .init(number: $0 + 1, subject: $1) },
            classes: object.classes,
            rules: object.rules)
        return Bundle(manifest: manifest, object: object.bytes, runtime: runtime)
    }
}
