import CasaAttestation
import CasaBundle
import Testing

@Suite("Keys and signatures")
struct KeyTests {
    @Test(
        "signatures of RFC 8032 come out as printed there",
        arguments: [
            (
                0, "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
            ),
            (
                1, "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
            ),
            (
                2, "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
            ),
        ])
    func edwards(number: Int, point: String, message: String, signature: String) throws {
        let key = try KeyExample.signing(.ed25519, number: number)
        let (message, signature) = (KeyExample.bytes(message), KeyExample.bytes(signature))
        #expect(try key.sign(message) == signature)
        let other = try VerificationKey(pem: KeyExample.publicPEM(ed25519: point))
        #expect(other.id == key.publicKey.id && other.algorithm == .ed25519)
        #expect(other.accepts(signature, of: message))
        #expect(!other.accepts(signature, of: message + [0]))
    }

    @Test(
        "signatures of RFC 6979 are accepted",
        arguments: [
            (
                KeyAlgorithm.ecdsaP256,
                "3046022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                    + "022100f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"
            ),
            (
                .ecdsaP384,
                "306602310094edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c81a648152e44acf96e36dd1e80fabe46"
                    + "02310099ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94fa329c145786e679e7b82c71a38628ac8"
            ),
        ])
    func curves(algorithm: KeyAlgorithm, signature: String) throws {
        let key = try KeyExample.signing(algorithm).publicKey
        let signature = KeyExample.bytes(signature)
        #expect(key.algorithm == algorithm)
        #expect(key.accepts(signature, of: Array("sample".utf8)))
        #expect(!key.accepts(signature, of: Array("Sample".utf8)))
        #expect(!key.accepts(signature + [0], of: Array("sample".utf8)), "a byte behind the signature")
    }

    @Test("what a key signs is its own, of that message", arguments: KeyAlgorithm.allCases)
    func roundTrip(algorithm: KeyAlgorithm) throws {
        let key = try KeyExample.signing(algorithm)
        for size in [0, 1, 100, 100_000] {
            let message = [UInt8](repeating: 7, count: size)
            let signature = try key.sign(message)
            #expect(key.publicKey.accepts(signature, of: message))
            #expect(!key.publicKey.accepts(signature, of: message + [7]))
            for other in KeyAlgorithm.allCases where other != algorithm {
                #expect(try !KeyExample.signing(other).publicKey.accepts(signature, of: message))
            }
            for index in signature.indices {
                var changed = signature
                changed[index] ^= 1
                #expect(!key.publicKey.accepts(changed, of: message))
                #expect(!key.publicKey.accepts(Array(signature[..<index]), of: message))
            }
        }
    }

    @Test("the id of a key is the digest of its SubjectPublicKeyInfo")
    func identity() throws {
        let point = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
        let expected = Digest(of: KeyExample.bytes("302a300506032b6570032100" + point)).description
        #expect(try KeyExample.signing(.ed25519).publicKey.id == expected)
    }

    @Test("text around the block, and lines that end otherwise, do no harm")
    func explanatoryText() throws {
        let text =
            "Key of the builder\r\n"
            + String(decoding: KeyExample.privatePEM(.ecdsaP256), as: UTF8.self).replacing("\n", with: "\r\n")
        #expect(try SigningKey(pem: Array(text.utf8)).publicKey.algorithm == .ecdsaP256)
    }

    static let plain = String(decoding: KeyExample.privatePEM(.ed25519), as: UTF8.self)

    @Test(
        "what is no private key is refused, with the reason",
        arguments: [
            ("", .noKey), ("-----BEGIN-----", .noKey),
            ("-----BEGIN PRIVATE KEY-----\nAAAA\n", .malformed(reason: "its PEM block does not end")),
            (
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
                .malformed(reason: "a PEM block in it does not end as it begins")
            ),
            (plain + plain, .severalKeys),
            (plain.replacing("MC4C", with: "MC4*"), .malformed(reason: "its PEM block is not base64")),
            (
                plain.replacing("MC4C", with: "MC5C"),
                .malformed(reason: "it is not a private key as PKCS #8 has it")
            ),
            (plain.replacing("PRIVATE", with: "PUBLIC"), .wrongLabel("PUBLIC KEY", wanted: .privateKey)),
            (
                plain.replacing("PRIVATE", with: "EC PRIVATE"),
                .wrongLabel("EC PRIVATE KEY", wanted: .privateKey)
            ),
            (plain.replacing("PRIVATE", with: "ENCRYPTED PRIVATE"), .encrypted),
            (
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n",
                .encrypted
            ),
            (String(repeating: "a", count: 70_000), .malformed(reason: "it is too large for a key")),
        ] as [(String, KeyProblem)])
    func notPrivate(text: String, problem: KeyProblem) throws {
        #expect(throws: problem) { try SigningKey(pem: Array(text.utf8)) }
    }

    @Test("a byte behind a key, a number outside of its curve, and another curve are refused")
    func structure() throws {
        let point = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
        #expect(throws: KeyProblem.malformed(reason: "it is not a SubjectPublicKeyInfo")) {
            try VerificationKey(pem: KeyExample.pem("PUBLIC KEY", "302a300506032b6570032100" + point + "00"))
        }
        #expect(throws: KeyProblem.self, "not on the curve") {
            try VerificationKey(
                pem: KeyExample.pem(
                    "PUBLIC KEY",
                    "3059301306072a8648ce3d020106082a8648ce3d03010703420004"
                        + String(repeating: "11", count: 64)))
        }
        #expect(throws: KeyProblem.unsupportedAlgorithm("X25519")) {
            try VerificationKey(pem: KeyExample.pem("PUBLIC KEY", "302a300506032b656e032100" + point))
        }
    }

    @Test("no deformed key makes a trap, whatever byte it is")
    func deformed() throws {
        for algorithm in KeyAlgorithm.allCases {
            let text = KeyExample.privatePEM(algorithm)
            for index in text.indices {
                for bit in [0, 3, 6] {
                    var changed = text
                    changed[index] ^= 1 << UInt8(bit)
                    guard let key = try? SigningKey(pem: changed) else { continue }
                    #expect(try key.publicKey.accepts(key.sign([1]), of: [1]))
                }
            }
        }
    }
}
