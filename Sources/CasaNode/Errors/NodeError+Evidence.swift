internal import CasaBundle
internal import CasaDiagnostics

extension NodeError {
    static func unproved(_ namespace: String) -> Diagnostic {
        Diagnostic(
            .unprovedBundle, at: nil,
            "nothing shows that the bundle of namespace \(TextSafety.visible(namespace)) decides as its policy"
        )
        .note("its manifest has no proof record, or one in which not everything is proved")
        .help("`casa build` proves; `casa load --unproved` takes the bundle as it is, and the status says so")
    }

    static func stale(_ offered: AttestedGeneration, _ newest: AttestedGeneration) -> Diagnostic {
        guard offered.generation == newest.generation else {
            return Diagnostic(
                .staleGeneration, at: nil,
                "the bundle is of generation \(offered.generation), and generation \(newest.generation) was loaded"
            )
            .note("a policy that was withdrawn comes back with an old bundle")
            .help("to go back on purpose, sign the old bundle with a greater `--generation`")
        }
        let digests = [newest, offered].map { $0.manifest.description.prefix(12) }
        return Diagnostic(
            .staleGeneration, at: nil, "another bundle of generation \(newest.generation) was loaded"
        )
        .note("its manifest has the digest \(digests[0]), this one has \(digests[1])")
        .note("of two bundles of one generation nobody can tell which is the newer one")
        .help("remove attestation.json and sign with `--generation \(newest.generation + 1)` or more")
    }
}
