internal import CasaBundle

/// The public half of a key: whose signatures are believed.
package struct VerificationKey {
    /// SHA-256 of the SubjectPublicKeyInfo in DER, in lower-case hexadecimal.
    package let id: String
    package var algorithm: KeyAlgorithm { key.algorithm }
    private let key: EVPKey

    /// From `-----BEGIN PUBLIC KEY-----`.
    package init(pem: [UInt8]) throws(KeyProblem) {
        let block = try PEMBlock(pem, label: .publicKey)
        self.init(try EVPKey(subjectPublicKeyInfo: block.content))
    }

    init(_ key: EVPKey) {
        self.key = key
        id = Digest(of: key.subjectPublicKeyInfo).description
    }

    /// Whether a signature is this key's, of exactly this message.
    package func accepts(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        key.verify(signature, of: message)
    }
}
