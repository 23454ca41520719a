package import CasaBundle

/// Why a bundle is not signed, or not believed; ``diagnostic(_:)`` says it to people.
package enum AttestationProblem: Error, Hashable, Sendable {
    // Of the bundle.
    case corruptBundle(Bundle.Corruption)
    /// With the names of the obligations that were not proved, or none where nothing was asked.
    case unproved(obligations: [String])

    // Of what is signed.
    case unsigned
    case invalidEnvelope(reason: String)
    case invalidStatement(reason: String)
    /// No signature is of a trusted key.
    case untrusted(signatures: Int, trusted: [String])
    /// What the bundle is not as attested: each in a few words.
    case mismatch([String])

    // Of signing.
    case unusableKey(KeyProblem)
    /// The bundle has a statement already, which is another one; its generation if only that differs.
    case otherStatement(generation: Int?)
    case invalidGeneration(Int)
}
