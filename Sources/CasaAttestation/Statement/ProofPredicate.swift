package import CasaBundle

/// What is attested of a bundle: what it was made of and by what, and what was proved of it.
package struct ProofPredicate: Hashable, Sendable, Codable {
    package static let type = "https://casa.io/attestation/proof/v1"

    /// The greatest whole number that every JSON reader keeps (RFC 8259, section 6).
    package static let generationLimit = 1 << 53 - 1

    package let compiler: String
    package let decisions: Manifest.DecisionSummary
    /// Of two statements about a namespace the one with the greater number is newer.
    package let generation: Int
    package let namespace: String
    package let obligations: [ProofRecord.Obligation]
    /// Of the policy by numbers: what the bytes were held to.
    package let policy: DigestSet
    package let solver: String
    package let sources: [ResourceDescriptor]
    package let template: DigestSet
    package let verifier: String

    /// What there is to attest of a manifest; `nil` where it has no proof record.
    package init?(_ manifest: Manifest, generation: Int) {
        guard let proof = manifest.proof else { return nil }
        compiler = manifest.compiler
        decisions = manifest.decisions
        self.generation = generation
        namespace = manifest.namespace
        obligations = proof.obligations
        policy = DigestSet(sha256: proof.policy)
        solver = proof.solver
        sources = manifest.sources.map { ResourceDescriptor(name: $0.file, sha256: $0.sha256) }
        template = DigestSet(sha256: manifest.template)
        verifier = proof.verifier
    }

    /// The names of the keys whose values differ from another's, in order.
    func differences(from other: Self) -> [String] {
        [
            ("compiler", compiler == other.compiler), ("decisions", decisions == other.decisions),
            ("generation", generation == other.generation), ("namespace", namespace == other.namespace),
            ("obligations", obligations == other.obligations), ("policy", policy == other.policy),
            ("solver", solver == other.solver), ("sources", sources == other.sources),
            ("template", template == other.template), ("verifier", verifier == other.verifier),
        ].filter { !$0.1 }.map(\.0)
    }
}
