import CasaAttestation
import CasaTestSupport
import Foundation
import Testing

/// The command line tool as a second opinion.
@Suite("Signatures and the openssl tool", .requires(.openssl))
struct OpenSSLTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "casa-openssl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func path(_ name: String) -> String { folder.appending(path: name).path() }

    private func write(_ bytes: [UInt8], _ name: String) throws {
        try Data(bytes).write(to: folder.appending(path: name))
    }

    private func openssl(_ arguments: String...) throws -> String {
        let tool = try #require(Requirement.find("openssl"))
        let process = Process()
        let pipe = Pipe()
        process.executableURL = tool
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return process.terminationStatus == 0 ? output : "FAILED: \(output)"
    }

    /// ECDSA is over a digest that the tool has to be told.
    private func verify(_ algorithm: KeyAlgorithm) throws -> String {
        switch algorithm {
        case .ed25519:
            try openssl(
                "pkeyutl", "-verify", "-pubin", "-inkey", path("public"), "-rawin", "-in", path("message"),
                "-sigfile", path("signature"))
        case .ecdsaP256, .ecdsaP384:
            try openssl(
                "dgst", algorithm == .ecdsaP256 ? "-sha256" : "-sha384", "-verify", path("public"),
                "-signature",
                path("signature"), path("message"))
        }
    }

    @Test("the tool accepts our signature over an envelope", arguments: KeyAlgorithm.allCases)
    func ours(algorithm: KeyAlgorithm) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        var envelope = Envelope(payloadType: Envelope.statementType, payload: Array("{}".utf8))
        try envelope.sign(with: KeyExample.signing(algorithm))
        try write(KeyExample.privatePEM(algorithm), "private")
        try write(envelope.signatures[0].bytes, "signature")
        try write(Array("DSSEv1 28 application/vnd.in-toto+json 2 {}".utf8), "message")
        #expect(try openssl("pkey", "-in", path("private"), "-pubout", "-out", path("public")).isEmpty)
        #expect(try !verify(algorithm).hasPrefix("FAILED"))
        try write(Array("DSSEv1 28 application/vnd.in-toto+json 2 []".utf8), "message")
        #expect(try verify(algorithm).hasPrefix("FAILED"))
    }

    @Test("keys and signatures that the tool makes are ours too", arguments: KeyAlgorithm.allCases)
    func theirs(algorithm: KeyAlgorithm) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        switch algorithm {
        case .ed25519: _ = try openssl("genpkey", "-algorithm", "ed25519", "-out", path("private"))
        case .ecdsaP256, .ecdsaP384:
            let curve = algorithm == .ecdsaP256 ? "P-256" : "P-384"
            _ = try openssl(
                "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:\(curve)", "-out",
                path("private"))
        }
        #expect(try openssl("pkey", "-in", path("private"), "-pubout", "-out", path("public")).isEmpty)
        try write([1, 2, 3], "message")
        switch algorithm {
        case .ed25519:
            _ = try openssl(
                "pkeyutl", "-sign", "-inkey", path("private"), "-rawin", "-in", path("message"), "-out",
                path("signature"))
        case .ecdsaP256, .ecdsaP384:
            _ = try openssl(
                "dgst", algorithm == .ecdsaP256 ? "-sha256" : "-sha384", "-sign", path("private"), "-out",
                path("signature"), path("message"))
        }
        let key = try VerificationKey(pem: bytes("public"))
        #expect(key.algorithm == algorithm)
        #expect(key.accepts(try bytes("signature"), of: [1, 2, 3]))
        #expect(try SigningKey(pem: bytes("private")).publicKey.id == key.id)
    }

    private func bytes(_ name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: folder.appending(path: name)))
    }

    @Test(
        "kinds of keys that attestations do not have are refused by name",
        arguments: [
            (
                ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"],
                KeyProblem.unsupportedAlgorithm("RSA")
            ),
            (
                ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"],
                .unsupportedAlgorithm("ECDSA over secp521r1")
            ),
            (
                [
                    "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-pkeyopt",
                    "ec_param_enc:explicit",
                ],
                .unsupportedAlgorithm("ECDSA over a curve without a name")
            ),
            (["-algorithm", "ed25519", "-aes256", "-pass", "pass:word"], .encrypted),
        ])
    func others(arguments: [String], problem: KeyProblem) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let tool = try #require(Requirement.find("openssl"))
        let process = Process()
        process.executableURL = tool
        process.arguments = ["genpkey"] + arguments + ["-out", path("private")]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let pem = try bytes("private")
        #expect(throws: problem) { try SigningKey(pem: pem) }
    }
}
