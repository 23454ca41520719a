/// Why a key cannot be used; no case holds anything of the key.
package enum KeyProblem: Error, Hashable, Sendable {
    /// There is no PEM block of a key.
    case noKey
    case severalKeys
    case malformed(reason: String)
    /// A PEM block of something else: its label.
    case wrongLabel(String, wanted: PEMBlock.Label)
    case encrypted
    case unsupportedAlgorithm(String)
    /// OpenSSL made no signature that the key's own public half accepts.
    case cannotSign

    /// What is wrong, for a sentence that says of what file.
    package var reason: String {
        switch self {
        case .noKey: "there is no PEM block in it"
        case .severalKeys: "it has several PEM blocks, and one key is wanted"
        case .malformed(let reason): reason
        case .wrongLabel(let label, _): "it holds a `\(label)`"
        case .encrypted: "it is protected by a passphrase"
        case .unsupportedAlgorithm(let name): "its algorithm is \(name)"
        case .cannotSign: "its private and public halves do not belong together"
        }
    }

    /// What to do about it.
    package var help: String {
        switch self {
        case .noKey, .severalKeys, .malformed, .cannotSign:
            "`openssl genpkey -algorithm ed25519 -out KEY` makes a key, `openssl pkey -in KEY -pubout` its public half"
        case .wrongLabel(_, .privateKey): "`openssl pkey -in OLD -out KEY` writes a private key as PKCS #8"
        case .wrongLabel(_, .publicKey): "`openssl pkey -in KEY -pubout` writes the public half"
        case .encrypted: "`openssl pkey -in KEY` takes it off; keep the result where only you can read it"
        case .unsupportedAlgorithm: "keys are Ed25519, or ECDSA over P-256 or P-384"
        }
    }
}
