internal import CasaBundle

/// A DSSE envelope: a payload of a named type, and signatures over both.
package struct Envelope: Hashable, Sendable {
    package struct Signature: Hashable, Sendable {
        /// A hint at the key, which nothing vouches for; decides nothing.
        package let keyID: String?
        package let bytes: [UInt8]
    }

    /// Of the in-toto attestation framework.
    package static let statementType = "application/vnd.in-toto+json"

    /// More signers than a bundle has; checking a signature takes time.
    package static let signatureLimit = 16
    private static let signatureByteLimit = 1024
    private static let keyIDByteLimit = 256

    package let payloadType: String
    package let payload: [UInt8]
    package private(set) var signatures: [Signature]

    package init(payloadType: String, payload: [UInt8], signatures: [Signature] = []) {
        self.payloadType = payloadType
        self.payload = payload
        self.signatures = signatures
    }

    /// What every signature of it is over.
    package var signedBytes: [UInt8] {
        PreAuthenticationEncoding.encode(type: payloadType, body: payload)
    }

    /// Adds a key's signature, in place of an earlier one of the same key.
    package mutating func sign(with key: SigningKey) throws(AttestationProblem) {
        let bytes: [UInt8]
        do {
            bytes = try key.sign(signedBytes)
        } catch {
            throw .unusableKey(error)
        }
        signatures.removeAll { $0.keyID == key.publicKey.id }
        guard signatures.count < Self.signatureLimit else {
            throw .invalidEnvelope(reason: "it has \(signatures.count) signatures, which is all that it may")
        }
        signatures.append(Signature(keyID: key.publicKey.id, bytes: bytes))
    }

    // MARK: The file

    package var bytes: [UInt8] {
        StableJSON.encode(
            WrittenEnvelope(
                payload: Base64Text.encode(payload), payloadType: payloadType,
                signatures: signatures.map { .init(keyid: $0.keyID, sig: Base64Text.encode($0.bytes)) }))
    }

    /// Reads a file that anyone may have written.
    package init(_ bytes: [UInt8]) throws(AttestationProblem) {
        guard bytes.count <= AttestationFile.byteLimit else {
            throw .invalidEnvelope(reason: "it is larger than \(AttestationFile.byteLimit) bytes")
        }
        let written: WrittenEnvelope
        do {
            written = try StrictReading.read(bytes)
        } catch {
            throw .invalidEnvelope(reason: error.reason)
        }
        guard let payload = Base64Text.decode(written.payload) else {
            throw .invalidEnvelope(reason: "its payload is not base64")
        }
        guard written.signatures.count <= Self.signatureLimit else {
            throw .invalidEnvelope(
                reason: "it has \(written.signatures.count) signatures, and may have \(Self.signatureLimit)")
        }
        self.init(payloadType: written.payloadType, payload: payload)
        for signature in written.signatures {
            guard signature.sig.utf8.count <= Self.signatureByteLimit,
                let bytes = Base64Text.decode(signature.sig)
            else { throw .invalidEnvelope(reason: "a signature is not base64, or too long") }
            guard signature.keyid?.utf8.count ?? 0 <= Self.keyIDByteLimit else {
                throw .invalidEnvelope(reason: "the name of a key is too long")
            }
            signatures.append(Signature(keyID: signature.keyid, bytes: bytes))
        }
    }
}

/// The spelling of the DSSE specification.
private struct WrittenEnvelope: Codable {
    struct Signature: Codable {
        let keyid: String?
        let sig: String
    }

    let payload: String
    let payloadType: String
    let signatures: [Signature]
}
