/// What was proved of a bundle's object, and by whom: the key `proof` of the manifest.
///
/// It has no times: manifests are the same bytes on every machine, so effort is counted in the solver's steps.
package struct ProofRecord: Hashable, Sendable, Codable {
    /// The answer that makes an obligation one that holds.
    package static let proved = "proved"

    /// One question that was put about the bytes, with its answer.
    package struct Obligation: Hashable, Sendable, Codable {
        package let name: String
        package let answer: String
        /// What the solver was asked.
        package let questions: Int
        /// What the solver spent (Z3's resource count).
        package let steps: Int

        package init(name: String, answer: String, questions: Int, steps: Int) {
            self.name = name
            self.answer = answer
            self.questions = questions
            self.steps = steps
        }
    }

    package let verifier: String
    package let solver: String
    /// Of the subjects, classes and rules that the bytes were held to: ``Manifest/policyDigest``.
    package let policy: Digest
    package let obligations: [Obligation]

    package init(verifier: String, solver: String, policy: Digest, obligations: [Obligation]) {
        self.verifier = verifier
        self.solver = solver
        self.policy = policy
        self.obligations = obligations
    }

    /// Whether everything that was asked was proved; a record that asks nothing proves nothing.
    package var isComplete: Bool {
        !obligations.isEmpty && obligations.allSatisfy { $0.answer == Self.proved }
    }
}

extension Manifest {
    /// Whether the manifest has a record in which everything was proved.
    package var isProved: Bool { proof?.isComplete ?? false }

    /// Of the policy by numbers: `subjects`, `classes` and `rules` as one JSON object in the bundle's spelling.
    package var policyDigest: Digest {
        Digest(of: StableJSON.encode(PolicyPart(subjects: subjects, classes: classes, rules: rules)))
    }
}

/// The part of a manifest that a proof is about.
private struct PolicyPart: Encodable {
    let subjects: [Manifest.SubjectEntry]
    let classes: [ClassEntry]
    let rules: [RuleEntry]
}
