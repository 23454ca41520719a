internal import COpenSSL

/// A key in OpenSSL's hands: the one file that calls it.
final class EVPKey {
    let algorithm: KeyAlgorithm
    private let handle: OpaquePointer

    /// A private key from PKCS #8.
    convenience init(privateKeyInfo der: [UInt8]) throws(KeyProblem) {
        let handle = Self.decode(der) { cursor, count in
            guard let information = d2i_PKCS8_PRIV_KEY_INFO(nil, &cursor, count) else { return nil }
            defer { PKCS8_PRIV_KEY_INFO_free(information) }
            return EVP_PKCS82PKEY(information)
        }
        guard let handle else { throw .malformed(reason: "it is not a private key as PKCS #8 has it") }
        try self.init(owning: handle)
    }

    /// A public key from a SubjectPublicKeyInfo.
    convenience init(subjectPublicKeyInfo der: [UInt8]) throws(KeyProblem) {
        let handle = Self.decode(der) { cursor, count in d2i_PUBKEY(nil, &cursor, count) }
        guard let handle else { throw .malformed(reason: "it is not a SubjectPublicKeyInfo") }
        try self.init(owning: handle)
    }

    private init(owning handle: OpaquePointer) throws(KeyProblem) {
        do throws(KeyProblem) {
            algorithm = try Self.algorithm(of: handle)
            guard Self.isSound(handle) else { throw .malformed(reason: "its numbers are no key") }
        } catch {
            EVP_PKEY_free(handle)
            throw error
        }
        self.handle = handle
    }

    deinit { EVP_PKEY_free(handle) }

    /// The public half in DER.
    var subjectPublicKeyInfo: [UInt8] {
        let count = i2d_PUBKEY(handle, nil)
        precondition(count > 0, "a key that was decoded encodes")
        var der = [UInt8](repeating: 0, count: Int(count))
        der.withUnsafeMutableBufferPointer { buffer in
            var cursor = buffer.baseAddress
            _ = i2d_PUBKEY(handle, &cursor)
        }
        return der
    }

    /// Ed25519 as RFC 8032 has it, 64 bytes; ECDSA as the DER of Ecdsa-Sig-Value (RFC 3279).
    func sign(_ message: [UInt8]) throws(KeyProblem) -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { throw .cannotSign }
        defer { EVP_MD_CTX_free(context) }
        var count = 0
        guard EVP_DigestSignInit(context, nil, digest, nil, handle) == 1,
            EVP_DigestSign(context, nil, &count, message, message.count) == 1
        else { throw failed(.cannotSign) }
        var signature = [UInt8](repeating: 0, count: count)
        guard EVP_DigestSign(context, &signature, &count, message, message.count) == 1 else {
            throw failed(.cannotSign)
        }
        return Array(signature[..<count])
    }

    func verify(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        let isValid =
            EVP_DigestVerifyInit(context, nil, digest, nil, handle) == 1
            && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        if !isValid { ERR_clear_error() }
        return isValid
    }

    private var digest: OpaquePointer? {
        switch algorithm {
        case .ed25519: nil
        case .ecdsaP256: EVP_sha256()
        case .ecdsaP384: EVP_sha384()
        }
    }

    private func failed(_ problem: KeyProblem) -> KeyProblem {
        ERR_clear_error()
        return problem
    }

    /// Takes a structure only if it is all there is.
    private static func decode(
        _ der: [UInt8], _ read: (inout UnsafePointer<UInt8>?, Int) -> OpaquePointer?
    ) -> OpaquePointer? {
        let handle = der.withUnsafeBufferPointer { buffer -> OpaquePointer? in
            guard let start = buffer.baseAddress else { return nil }
            var cursor: UnsafePointer<UInt8>? = start
            guard let handle = read(&cursor, buffer.count) else { return nil }
            if cursor == start + buffer.count { return handle }
            EVP_PKEY_free(handle)
            return nil
        }
        if handle == nil { ERR_clear_error() }
        return handle
    }

    private static func algorithm(of handle: OpaquePointer) throws(KeyProblem) -> KeyAlgorithm {
        if EVP_PKEY_is_a(handle, "ED25519") == 1 { return .ed25519 }
        guard EVP_PKEY_is_a(handle, "EC") == 1 else {
            let name = EVP_PKEY_get0_type_name(handle).map { String(cString: $0) }
            throw .unsupportedAlgorithm(name ?? "not known")
        }
        // A curve by its equation may look like the one it is not.
        var isExplicit: Int32 = 1
        guard EVP_PKEY_get_int_param(handle, "decoded-from-explicit", &isExplicit) == 1, isExplicit == 0
        else { throw .unsupportedAlgorithm("ECDSA over a curve without a name") }
        switch groupName(of: handle) {
        case "prime256v1", "P-256": return .ecdsaP256
        case "secp384r1", "P-384": return .ecdsaP384
        case let name: throw .unsupportedAlgorithm("ECDSA over \(name)")
        }
    }

    private static func groupName(of handle: OpaquePointer) -> String {
        var bytes = [CChar](repeating: 0, count: 80)
        var count = 0
        guard EVP_PKEY_get_group_name(handle, &bytes, bytes.count, &count) == 1 else {
            return "a curve without a name"
        }
        return String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func isSound(_ handle: OpaquePointer) -> Bool {
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, handle, nil) else { return false }
        defer { EVP_PKEY_CTX_free(context) }
        let isSound = EVP_PKEY_public_check(context) == 1
        if !isSound { ERR_clear_error() }
        return isSound
    }
}
