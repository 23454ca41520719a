package import CasaBundle

/// Stands for a bundle with a key.
package struct AttestationSigning {
    private let key: SigningKey
    private let generation: Int

    /// What was signed.
    package struct Outcome {
        package let statement: Statement
        package let envelope: Envelope
    }

    package init(key: SigningKey, generation: Int) {
        self.key = key
        self.generation = generation
    }

    /// Signs what it computed from the bytes itself, and nothing that it found; `existing` is the bundle's envelope.
    package func sign(_ files: BundleFiles, over existing: [UInt8]?) throws(AttestationProblem) -> Outcome {
        guard (0...ProofPredicate.generationLimit).contains(generation) else {
            throw .invalidGeneration(generation)
        }
        let bundle: Bundle
        do {
            bundle = try files.bundle()
        } catch {
            throw .corruptBundle(error)
        }
        try bundle.manifest.checkProved()
        guard let statement = Statement(about: files, bundle.manifest, generation: generation) else {
            throw .unproved(obligations: [])
        }
        var envelope = Envelope(payloadType: Envelope.statementType, payload: statement.bytes)
        if let existing {
            let found = try Envelope(existing)
            guard found.payloadType == envelope.payloadType, found.payload == envelope.payload else {
                throw .otherStatement(generation: Self.generation(of: found, files, bundle.manifest))
            }
            envelope = found
        }
        try envelope.sign(with: key)
        return Outcome(statement: statement, envelope: envelope)
    }

    /// The generation of an envelope that says the same but for it.
    private static func generation(
        of envelope: Envelope, _ files: BundleFiles, _ manifest: Manifest
    ) -> Int? {
        guard let generation = try? Statement(envelope.payload).predicate.generation,
            let same = Statement(about: files, manifest, generation: generation),
            same.bytes == envelope.payload
        else { return nil }
        return generation
    }
}

extension Manifest {
    /// Throws unless everything was proved.
    func checkProved() throws(AttestationProblem) {
        guard !isProved else { return }
        let open = (proof?.obligations ?? []).filter { $0.answer != ProofRecord.proved }
        throw .unproved(obligations: open.map(\.name))
    }
}
