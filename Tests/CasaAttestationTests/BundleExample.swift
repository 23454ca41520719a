import CasaAttestation
import CasaBundle
import Foundation
import Testing

/// A bundle whose object is not looked at here: attestations are about bytes.
enum BundleExample {
    static let object = [UInt8](0...200)
    static let runtime = Array("{}\n".utf8)

    static let obligations = [
        ProofRecord.Obligation(name: "structure", answer: "proved", questions: 0, steps: 0),
        ProofRecord.Obligation(name: "verdict", answer: "proved", questions: 3, steps: 4711),
    ]

    static func manifest(
        object: [UInt8] = object, obligations: [ProofRecord.Obligation]? = obligations
    ) throws -> Manifest {
        let text = """
            {"format": 1, "compiler": "casa 1", "namespace": "bank",
             "object": {"file": "policy.bpf.o", "sha256": "\(Digest(of: object))"},
             "runtime": {"file": "runtime.json", "sha256": "\(Digest(of: runtime))"},
             "template": "\(Digest(of: [1]))",
             "sources": [{"file": "a.yaml", "sha256": "\(Digest(of: [2]))"}, {"file": "b.yaml", "sha256": "\(Digest(of: [3]))"}],
             "decisions": {"form": "table", "entries": 7, "tableBytes": 128},
             "subjects": [{"number": 1, "kind": "Deployment", "name": "teller", "hostNetwork": false}],
             "classes": [{"number": 16, "kind": "workload", "namespace": "bank", "workloadKind": "Pod", "name": "vault"}],
             "rules": [{"number": 0, "subject": 1, "direction": "egress", "peer": "workload bank/Pod/vault",
               "classes": [16], "transport": "UDP", "ports": {"first": 1, "last": 2}, "effect": "allow",
               "source": "CASAPolicy bank/p", "enforcement": ["kernel"]}]}
            """
        var manifest: Manifest = try StableJSON.decode(Array(text.utf8))
        manifest.proof = obligations.map {
            ProofRecord(
                verifier: "casa 1", solver: "Z3 4.8.12", policy: manifest.policyDigest, obligations: $0)
        }
        return manifest
    }

    static func files(_ manifest: Manifest) -> BundleFiles {
        BundleFiles(manifest: StableJSON.encode(manifest), object: object, runtime: runtime)
    }

    static func files() throws -> BundleFiles { files(try manifest()) }

    static func sign(
        _ files: BundleFiles, _ algorithm: KeyAlgorithm = .ed25519, number: Int = 0, generation: Int = 0,
        over existing: [UInt8]? = nil
    ) throws -> AttestationSigning.Outcome {
        let key = try KeyExample.signing(algorithm, number: number)
        return try AttestationSigning(key: key, generation: generation).sign(files, over: existing)
    }

    /// On the word of the first Ed25519 key, unless others are named.
    static func verify(
        _ files: BundleFiles, _ envelope: [UInt8]?, trusting trusted: [VerificationKey]? = nil
    ) throws -> AttestationVerification.Outcome {
        let trusted = try trusted ?? [KeyExample.signing(.ed25519).publicKey]
        return try AttestationVerification(trusted: trusted).verify(files, envelope: envelope)
    }

    /// A payload of one's own making under the trusted key.
    static func forge(_ payload: [UInt8], type: String = Envelope.statementType) throws -> [UInt8] {
        var envelope = Envelope(payloadType: type, payload: payload)
        try envelope.sign(with: KeyExample.signing(.ed25519))
        return envelope.bytes
    }
}

extension BundleFiles {
    /// Other bytes in one of the files.
    func replacing(_ name: String, with bytes: [UInt8]) -> BundleFiles {
        BundleFiles(
            manifest: name == Bundle.manifestName ? bytes : manifest,
            object: name == Bundle.objectName ? bytes : object,
            runtime: name == Bundle.runtimeName ? bytes : runtime)
    }
}
