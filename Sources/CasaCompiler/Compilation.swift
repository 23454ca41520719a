package import CasaBundle
internal import CasaCodegen
package import CasaDiagnostics
package import CasaPolicyIR
package import CasaPolicyLang
internal import CasaVerify
internal import CasaYAML

/// The compiler, on one screen: from the bytes of policies to bundles.
///
/// YAML → syntax → checked → IR → findings and objects → proofs about their bytes. Each step is a pure function between named types, and
/// stops only with proof that an error was put in front of the user.
package struct Compilation: Sendable {
    package let sources: [SourceFile]

    package init(of sources: [SourceFile]) {
        self.sources = sources
    }

    /// What the policies say and permit.
    package struct Meaning: Sendable {
        package let checked: CheckedPolicies
        package let model: PolicyModel
    }

    /// Reads, resolves, analyses and lowers; every finding of the analysis is among the diagnostics.
    package func meaning(reporting diagnostics: inout DiagnosticBag) throws(Reported) -> Meaning {
        let documents = try ReadYAML(sources: sources).run(reporting: &diagnostics)
        let syntax = try ReadSyntax().run(documents, reporting: &diagnostics)
        let checked = try Check().run(syntax, reporting: &diagnostics)
        for finding in Analysis().findings(in: checked) { diagnostics.report(finding) }
        try diagnostics.throwIfFailed()
        return Meaning(checked: checked, model: Lower().run(checked))
    }

    /// One bundle for each managed namespace, in the order of their names; with a proof, none leaves unproved.
    package func bundles(
        proof: BundleProof? = nil, reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> [Bundle] {
        let model = try meaning(reporting: &diagnostics).model
        let digests = sources.map { Manifest.FileDigest(file: $0.artifactName, sha256: Digest(of: $0.bytes)) }
        var bundles: [Bundle] = []
        for namespace in model.namespaces {
            let object = try ObjectEmission().run(namespace, reporting: &diagnostics)
            let bundle = BundleAssembly.bundle(
                object, of: namespace, compiler: CompilerVersion.text, sources: digests)
            let proved = try proof?.run(bundle, against: namespace, reporting: &diagnostics)
            bundles.append(proved?.recorded ?? bundle)
        }
        return bundles
    }
}

/// Reads every source, so that one broken file does not hide what is wrong with the next.
struct ReadYAML {
    let sources: [SourceFile]

    func run(reporting diagnostics: inout DiagnosticBag) throws(Reported) -> [YAMLDocument] {
        var documents: [YAMLDocument] = []
        var failure: Reported?
        for source in sources {
            do throws(Reported) {
                documents += try ReadDocuments().run(source, reporting: &diagnostics)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        guard !documents.isEmpty else {
            throw diagnostics.fail(
                Diagnostic(.noDocuments, at: nil, "the input holds no documents")
                    .help("name files or directories with MultiAgentSystem and CASAPolicy documents"))
        }
        return documents
    }
}
