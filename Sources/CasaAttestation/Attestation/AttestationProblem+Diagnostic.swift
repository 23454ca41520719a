internal import CasaBundle
package import CasaDiagnostics

extension AttestationProblem {
    /// What is said to the user about the bundle in a directory.
    package func diagnostic(_ path: String) -> Diagnostic {
        switch self {
        case .corruptBundle(let corruption):
            Diagnostic(.corruptBundle, at: nil, "the bundle `\(path)` is damaged: \(corruption.reason)")
                .help("build it again; a bundle is taken only if every digest agrees")
        case .unproved(let obligations): Self.unproved(path, obligations)
        case .unsigned:
            Diagnostic(.untrustedBundle, at: nil, "the bundle `\(path)` is not signed")
                .help("`casa attest sign BUNDLE --key KEY` signs it")
        case .invalidEnvelope(let reason):
            Diagnostic(.invalidAttestation, at: nil, "the attestation of `\(path)` is damaged: \(reason)")
                .help("remove attestation.json and sign the bundle again")
        case .invalidStatement(let reason):
            Diagnostic(
                .invalidAttestation, at: nil, "what is signed of `\(path)` is not understood: \(reason)"
            ).help("sign the bundle with `casa attest sign`")
        case .untrusted(let signatures, let trusted): Self.untrusted(path, signatures, trusted)
        case .mismatch(let differences):
            differences.prefix(Self.namedDifferences).reduce(
                Diagnostic(
                    .attestationMismatch, at: nil, "the bundle `\(path)` is not the one that was signed")
            ) { $0.note($1) }
            .help("get the bundle again from where it was signed; what was changed may decide otherwise")
        case .unusableKey(let problem):
            Diagnostic(.unusableKey, at: nil, "the key cannot be used: \(problem.reason)").help(problem.help)
        case .otherStatement(let generation): Self.otherStatement(path, generation)
        case .invalidGeneration(let number):
            Diagnostic(.invalidAttestation, at: nil, "no generation is \(number)")
                .help("generations are from 0 to \(ProofPredicate.generationLimit)")
        }
    }

    /// How many differences and obligations are named.
    private static let namedDifferences = 8

    private static func unproved(_ path: String, _ obligations: [String]) -> Diagnostic {
        obligations.prefix(namedDifferences).reduce(
            Diagnostic(
                .unprovedBundle, at: nil, "nothing shows that the bundle `\(path)` decides as its policy")
        ) { $0.note("not proved: \($1)") }
        .help("`casa build` proves; what was built with `--no-proof` is not attested")
    }

    private static func untrusted(_ path: String, _ signatures: Int, _ trusted: [String]) -> Diagnostic {
        let message =
            signatures == 0
            ? "the attestation of `\(path)` has no signature"
            : "no signature of `\(path)` is valid and of a trusted key"
        return trusted.reduce(Diagnostic(.untrustedBundle, at: nil, message)) {
            $0.note("trusted: key \($1.prefix(16))")
        }
        .help("trust the key it was signed with, if you know whose it is; or have it signed by a trusted one")
    }

    private static func otherStatement(_ path: String, _ generation: Int?) -> Diagnostic {
        let diagnostic = Diagnostic(
            .attestationMismatch, at: nil, "the bundle `\(path)` has an attestation that says something else")
        let help = "remove attestation.json to begin anew; its signatures go with it"
        guard let generation else { return diagnostic.help(help) }
        return diagnostic.note("it is of generation \(generation)")
            .help("`--generation \(generation)` signs the same").help(help)
    }
}
