package import CasaPolicyIR

/// What a bundle says of itself: digests, subjects, classes, and every rule with its provenance.
///
/// The format is promised in `spec/bundle.md`; `format` changes when a reader of the old one would misread
/// it.
package struct Manifest: Hashable, Sendable, Codable {
    package static let currentFormat = 1

    package var format: Int
    package var compiler: String
    package var namespace: String
    package var object: FileDigest
    package var runtime: FileDigest
    package var template: Digest
    package var sources: [FileDigest]
    package var decisions: DecisionSummary
    package var subjects: [SubjectEntry]
    package var classes: [ClassEntry]
    package var rules: [RuleEntry]
    /// Absent where nothing was proved.
    package var proof: ProofRecord?

    package init(
        compiler: String, namespace: String, object: FileDigest, runtime: FileDigest, template: Digest,
        sources: [FileDigest], decisions: DecisionSummary, subjects: [SubjectEntry], classes: [ClassEntry],
        rules: [RuleEntry], proof: ProofRecord? = nil
    ) {
        format = Self.currentFormat
        self.compiler = compiler
        self.namespace = namespace
        self.object = object
        self.runtime = runtime
        self.template = template
        self.sources = sources
        self.decisions = decisions
        self.subjects = subjects
        self.classes = classes
        self.rules = rules
        self.proof = proof
    }

    package struct FileDigest: Hashable, Sendable, Codable {
        package let file: String
        package let sha256: Digest

        package init(file: String, sha256: Digest) {
            self.file = file
            self.sha256 = sha256
        }
    }

    /// How the decisions are laid out, and how many there are.
    package struct DecisionSummary: Hashable, Sendable, Codable {
        package enum Form: String, Hashable, Sendable, Codable { case tree, table }

        package let form: Form
        package let entries: Int
        package let tableBytes: Int

        package init(form: Form, entries: Int, tableBytes: Int) {
            self.form = form
            self.entries = entries
            self.tableBytes = tableBytes
        }
    }

    package struct SubjectEntry: Hashable, Sendable, Codable {
        package let number: Int
        package let kind: String
        package let name: String
        package let hostNetwork: Bool

        package init(number: Int, subject: Subject) {
            self.number = number
            kind = subject.workload.kind.rawValue
            name = subject.workload.name
            hostNetwork = subject.hostNetwork
        }
    }
}
