package import CasaBundle

/// An in-toto statement (`https://in-toto.io/Statement/v1`) about the files of one bundle.
package struct Statement: Hashable, Sendable, Codable {
    package static let type = "https://in-toto.io/Statement/v1"

    package let type: String
    package let subject: [ResourceDescriptor]
    package let predicateType: String
    package let predicate: ProofPredicate

    private enum CodingKeys: String, CodingKey {
        case type = "_type"
        case subject, predicateType, predicate
    }

    /// What there is to say of files and the manifest among them; `nil` where it has no proof record.
    package init?(about files: BundleFiles, _ manifest: Manifest, generation: Int) {
        guard let predicate = ProofPredicate(manifest, generation: generation) else { return nil }
        type = Self.type
        subject = files.named.map { ResourceDescriptor(name: $0.name, sha256: Digest(of: $0.bytes)) }
        predicateType = ProofPredicate.type
        self.predicate = predicate
    }

    /// The payload of an envelope.
    package var bytes: [UInt8] { StableJSON.encode(self) }

    /// Reads a payload; its kind is found out before what is in it.
    package init(_ payload: [UInt8]) throws(AttestationProblem) {
        do throws(StrictReading.Failure) {
            let heading: Heading = try StrictReading.read(payload)
            guard heading.type == Self.type, heading.predicateType == ProofPredicate.type else {
                let found = [heading.type, heading.predicateType ?? "no predicate"].map { $0.prefix(80) }
                throw StrictReading.Failure(reason: "it is a `\(found[0])` with `\(found[1])`")
            }
            self = try StrictReading.read(payload)
        } catch {
            throw .invalidStatement(reason: error.reason)
        }
        guard (0...ProofPredicate.generationLimit).contains(predicate.generation) else {
            throw .invalidStatement(reason: "no generation is \(predicate.generation)")
        }
    }

    /// What every in-toto statement has.
    private struct Heading: Decodable {
        let type: String
        let predicateType: String?

        private enum CodingKeys: String, CodingKey {
            case type = "_type"
            case predicateType
        }
    }

    /// In what the files of a bundle are not those that are spoken of: each in a few words.
    func differences(from files: BundleFiles) -> [String] {
        let found = files.named.map { ($0.name, Digest(of: $0.bytes)) }
        var differences = found.compactMap { name, digest -> String? in
            let spoken = subject.filter { $0.name == name }
            guard spoken.count == 1 else {
                return spoken.isEmpty ? "`\(name)` is not spoken of" : "`\(name)` is spoken of twice"
            }
            let attested = spoken[0].digest.sha256
            return attested == digest
                ? nil
                : "`\(name)` has the digest \(digest.description.prefix(12)), attested is \(attested.description.prefix(12))"
        }
        let names = Set(found.map(\.0))
        let others = subject.filter { !names.contains($0.name) }.count
        if others > 0 { differences.append("\(others) more files are spoken of") }
        return differences
    }
}
