/// The signature schemes of attestations; each key has exactly one.
package enum KeyAlgorithm: Hashable, Sendable, CaseIterable {
    /// RFC 8032, over the message itself.
    case ed25519
    /// FIPS 186-5 over P-256, with SHA-256.
    case ecdsaP256
    /// FIPS 186-5 over P-384, with SHA-384.
    case ecdsaP384

    package var name: String {
        switch self {
        case .ed25519: "Ed25519"
        case .ecdsaP256: "ECDSA P-256 with SHA-256"
        case .ecdsaP384: "ECDSA P-384 with SHA-384"
        }
    }
}
