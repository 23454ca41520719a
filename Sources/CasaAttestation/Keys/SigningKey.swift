/// A private key; it has no description, and nothing prints it.
package struct SigningKey {
    package let publicKey: VerificationKey
    private let key: EVPKey

    /// From `-----BEGIN PRIVATE KEY-----` without a passphrase.
    package init(pem: [UInt8]) throws(KeyProblem) {
        key = try EVPKey(privateKeyInfo: PEMBlock(pem, label: .privateKey).content)
        publicKey = VerificationKey(key)
    }

    /// A signature that was checked with the public half, so that neither a fault nor a forged file gets out.
    package func sign(_ message: [UInt8]) throws(KeyProblem) -> [UInt8] {
        let signature = try key.sign(message)
        guard publicKey.accepts(signature, of: message) else { throw .cannotSign }
        return signature
    }
}
