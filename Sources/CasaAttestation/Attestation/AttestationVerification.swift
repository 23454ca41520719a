package import CasaBundle

/// Believes a bundle only on the word of a trusted key, and compares every word of it with the bytes.
package struct AttestationVerification {
    private let trusted: [VerificationKey]

    /// What is now known of a bundle.
    package struct Outcome {
        /// Made of the bytes that were checked.
        package let bundle: Bundle
        package let statement: Statement
        /// Of the trusted keys that signed, sorted.
        package let keys: [String]

        /// For those who load the bundle.
        package var generation: AttestedGeneration {
            AttestedGeneration(
                keys: keys, generation: statement.predicate.generation, manifest: bundle.digest)
        }
    }

    /// One signature of one of the keys is enough.
    package init(trusted: [VerificationKey]) {
        self.trusted = trusted
    }

    /// Nothing of the payload is looked at before its signature is; nothing of the bundle before its digests.
    package func verify(
        _ files: BundleFiles, envelope bytes: [UInt8]?
    ) throws(AttestationProblem) -> Outcome {
        guard let bytes else { throw .unsigned }
        let envelope = try Envelope(bytes)
        let keys = try signers(of: envelope)
        guard envelope.payloadType == Envelope.statementType else {
            throw .invalidStatement(reason: "it is of another type than in-toto's")
        }
        let statement = try Statement(envelope.payload)
        let differences = statement.differences(from: files)
        guard differences.isEmpty else { throw .mismatch(differences) }
        let bundle = try Self.bundle(files)
        try bundle.manifest.checkProved()
        let found = ProofPredicate(bundle.manifest, generation: statement.predicate.generation)
        let others = found.map { statement.predicate.differences(from: $0) } ?? []
        guard others.isEmpty else { throw .mismatch(others.map { "`\($0)` is not the manifest's" }) }
        return Outcome(bundle: bundle, statement: statement, keys: keys)
    }

    /// A signature's own word for its key is a hint that anyone can write, so every trusted key is tried.
    private func signers(of envelope: Envelope) throws(AttestationProblem) -> [String] {
        let message = envelope.signedBytes
        let signers = trusted.filter { key in
            envelope.signatures.contains { key.accepts($0.bytes, of: message) }
        }
        guard !signers.isEmpty else {
            throw .untrusted(signatures: envelope.signatures.count, trusted: trusted.map(\.id))
        }
        return Set(signers.map(\.id)).sorted()
    }

    private static func bundle(_ files: BundleFiles) throws(AttestationProblem) -> Bundle {
        do {
            return try files.bundle()
        } catch {
            throw .corruptBundle(error)
        }
    }
}
