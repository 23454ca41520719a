import CasaAttestation
import CasaBundle
import CasaDiagnostics
import Foundation
import Testing

@Suite("Believing a bundle")
struct VerificationTests {
    @Test("a bundle without an attestation is unsigned")
    func unsigned() throws {
        let files = try BundleExample.files()
        #expect(throws: AttestationProblem.unsigned) { try BundleExample.verify(files, nil) }
    }

    @Test("another key is not believed, whatever the envelope calls it")
    func otherKey() throws {
        let files = try BundleExample.files()
        let trusted = try KeyExample.signing(.ed25519).publicKey
        let other = try BundleExample.sign(files, number: 1).envelope
        let renamed = String(decoding: other.bytes, as: UTF8.self)
            .replacing(other.signatures[0].keyID ?? "?", with: trusted.id)
        for envelope in [other.bytes, Array(renamed.utf8)] {
            #expect(throws: AttestationProblem.untrusted(signatures: 1, trusted: [trusted.id])) {
                try BundleExample.verify(files, envelope)
            }
        }
        let none = Envelope(payloadType: other.payloadType, payload: other.payload).bytes
        #expect(throws: AttestationProblem.untrusted(signatures: 0, trusted: [trusted.id])) {
            try BundleExample.verify(files, none)
        }
        #expect(throws: AttestationProblem.untrusted(signatures: 1, trusted: [])) {
            try BundleExample.verify(files, other.bytes, trusting: [])
        }
    }

    @Test("a key is found although the envelope does not name it, or names another")
    func hints() throws {
        let files = try BundleExample.files()
        let signed = try BundleExample.sign(files).envelope
        let text = String(decoding: signed.bytes, as: UTF8.self)
        let id = try #require(signed.signatures[0].keyID)
        for changed in [text.replacing(id, with: "somebody"), text.replacing("\"keyid\"", with: "\"other\"")]
        {
            #expect(changed != text)
            #expect(try BundleExample.verify(files, Array(changed.utf8)).keys == [id])
        }
    }

    @Test(
        "every changed byte of a file is noticed",
        arguments: [Bundle.manifestName, Bundle.objectName, Bundle.runtimeName])
    func bytes(name: String) throws {
        let files = try BundleExample.files()
        let envelope = try BundleExample.sign(files).envelope.bytes
        let bytes = try #require(files.named.first { $0.name == name }).bytes
        var changes = [bytes + [0x0A], Array(bytes.dropLast()), []]
        for index in stride(from: 0, to: bytes.count, by: 7) {
            var changed = bytes
            changed[index] ^= 1
            changes.append(changed)
        }
        for changed in changes {
            let digests = [changed, bytes].map { Digest(of: $0).description.prefix(12) }
            #expect(
                throws: AttestationProblem.mismatch([
                    "`\(name)` has the digest \(digests[0]), attested is \(digests[1])"
                ])
            ) { try BundleExample.verify(files.replacing(name, with: changed), envelope) }
        }
    }

    @Test("another consistent bundle under the same attestation is noticed")
    func exchanged() throws {
        let envelope = try BundleExample.sign(try BundleExample.files()).envelope.bytes
        var manifest = try BundleExample.manifest()
        manifest.rules.removeAll()
        manifest.proof = ProofRecord(
            verifier: "casa 1", solver: "Z3 4.8.12", policy: manifest.policyDigest,
            obligations: BundleExample.obligations)
        let other = BundleExample.files(manifest)
        _ = try other.bundle()
        #expect(throws: AttestationProblem.self) { try BundleExample.verify(other, envelope) }
    }

    @Test("a signed bundle that is not proved is refused all the same")
    func unproved() throws {
        for obligations in [
            [], [ProofRecord.Obligation(name: "a", answer: "undecided", questions: 1, steps: 1)],
        ] {
            let manifest = try BundleExample.manifest(obligations: obligations)
            let files = BundleExample.files(manifest)
            let statement = try #require(Statement(about: files, manifest, generation: 0))
            let envelope = try BundleExample.forge(statement.bytes)
            #expect(throws: AttestationProblem.unproved(obligations: obligations.map(\.name))) {
                try BundleExample.verify(files, envelope)
            }
        }
    }

    @Test("under the trusted key too, every field has to be the bundle's")
    func fields() throws {
        let files = try BundleExample.files()
        let payload = try BundleExample.sign(files, generation: 5).envelope.payload
        let value = try JSONSerialization.jsonObject(with: Data(payload))
        let paths = JSONChange.leaves(of: value)
        #expect(paths.count == 30)
        for path in paths {
            let changed = try JSONSerialization.data(withJSONObject: JSONChange.changing(value, at: path))
            let envelope = try BundleExample.forge(Array(changed))
            if path == ["predicate", "generation"] {
                // Only the signer knows which it is.
                #expect(try BundleExample.verify(files, envelope).generation.generation == 6)
                continue
            }
            let problem = #expect(throws: AttestationProblem.self, "\(path)") {
                try BundleExample.verify(files, envelope)
            }
            switch problem {
            case .mismatch, .invalidStatement: break
            default: Issue.record("\(path): \(String(describing: problem))")
            }
        }
    }

    @Test("a field that is missing, or one more subject, is noticed; unknown keys are not")
    func shape() throws {
        let files = try BundleExample.files()
        let payload = try BundleExample.sign(files).envelope.payload
        let value = try JSONSerialization.jsonObject(with: Data(payload))
        for path in JSONChange.leaves(of: value) {
            let changed = try JSONSerialization.data(withJSONObject: JSONChange.removing(value, at: path))
            let envelope = try BundleExample.forge(Array(changed))
            #expect(throws: AttestationProblem.self, "\(path)") { try BundleExample.verify(files, envelope) }
        }
        let text = String(decoding: payload, as: UTF8.self)
        let extra = #""subject" : [ {"name": "x", "digest": {"sha256": "\#(Digest(of: []))"}},"#
        for (changed, isBelieved) in [
            (text.replacing(#""subject" : ["#, with: extra), false),
            (text.replacing(#""_type""#, with: #""more" : {}, "_type""#), true),
            (text.replacing(#""_type""#, with: #""_type" : "", "_type""#), false),
        ] {
            #expect(changed != text)
            let envelope = try BundleExample.forge(Array(changed.utf8))
            let outcome = try? BundleExample.verify(files, envelope)
            #expect((outcome != nil) == isBelieved)
        }
    }

    @Test("a payload of another type is not taken for a statement, although it is signed")
    func otherType() throws {
        let files = try BundleExample.files()
        let statement = try BundleExample.sign(files).statement
        let envelope = try BundleExample.forge(statement.bytes, type: "application/json")
        #expect(throws: AttestationProblem.self) { try BundleExample.verify(files, envelope) }
        let text = String(decoding: statement.bytes, as: UTF8.self)
        for (old, new) in [
            ("in-toto.io/Statement/v1", "in-toto.io/Statement/v2"),
            ("attestation/proof/v1", "attestation/proof/v2"),
        ] {
            let other = try BundleExample.forge(Array(text.replacing(old, with: new).utf8))
            let problem = #expect(throws: AttestationProblem.self) { try BundleExample.verify(files, other) }
            #expect(problem?.diagnostic("x").code == .invalidAttestation)
        }
    }

    @Test("a damaged envelope is never a trap, and never says anything else")
    func damaged() throws {
        let files = try BundleExample.files()
        let signed = try BundleExample.sign(files, generation: 9)
        let bytes = signed.envelope.bytes
        // Without its last byte, a line break, the file is as good.
        for index in stride(from: 0, to: bytes.count - 1, by: 5) {
            for replacement in [bytes[index] ^ 1, 0x22, 0xFF] {
                var changed = bytes
                changed[index] = replacement
                if let outcome = try? BundleExample.verify(files, changed) {
                    #expect(outcome.statement == signed.statement)
                }
            }
            #expect((try? BundleExample.verify(files, Array(bytes[..<index]))) == nil)
        }
    }

    @Test("each problem has its code and says what to do", arguments: Self.problems)
    func diagnostics(problem: AttestationProblem, code: DiagnosticCode) {
        let diagnostic = problem.diagnostic("out/bank")
        #expect(diagnostic.code == code && diagnostic.severity == .error)
        let hasHelp = diagnostic.notes.contains { if case .help = $0 { true } else { false } }
        #expect(hasHelp, "\(diagnostic)")
    }

    static let problems: [(AttestationProblem, DiagnosticCode)] = [
        (.corruptBundle(.unsupportedFormat(2)), .corruptBundle),
        (.unproved(obligations: ["a"]), .unprovedBundle),
        (.unsigned, .untrustedBundle), (.untrusted(signatures: 1, trusted: ["a"]), .untrustedBundle),
        (.invalidEnvelope(reason: "r"), .invalidAttestation),
        (.invalidStatement(reason: "r"), .invalidAttestation),
        (.mismatch(["a"]), .attestationMismatch), (.unusableKey(.noKey), .unusableKey),
        (.otherStatement(generation: 1), .attestationMismatch),
        (.otherStatement(generation: nil), .attestationMismatch),
        (.invalidGeneration(-1), .invalidAttestation),
    ]
}
