internal import CasaBundle
internal import CasaNode

/// What is known of a bundle that is in force, in words.
enum EvidenceText {
    static func proof(_ manifest: Manifest) -> String {
        guard manifest.isProved, let proof = manifest.proof else {
            return "NOT proved: nothing shows that the object decides as its policy"
        }
        return TextSafety.visible(
            "proved by \(proof.verifier) with \(proof.solver): \(proof.obligations.count) obligations")
    }

    static func attestation(_ attestation: AttestedGeneration?) -> String {
        guard let attestation else { return "not attested" }
        let keys = attestation.keys.map { $0.prefix(16) }.joined(separator: ", ")
        return TextSafety.visible("attested by key \(keys), generation \(attestation.generation)")
    }
}
