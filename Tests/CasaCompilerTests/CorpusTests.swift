import CasaDiagnostics
import CasaTestSupport
import Testing

@Suite("The corpus of policies")
struct CorpusTests {
    @Test("every policy gets exactly the diagnostics that its comments expect", arguments: PolicyCorpus.cases)
    func expectationsAreMet(sample: PolicyCorpus.Case) throws {
        let expected = try ExpectedDiagnostics(in: sample.files)
        let differences = expected.differences(from: Compiled(sample.files).diagnostics)
        #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
    }

    @Test("every code of syntax, meaning and lints is produced by some policy")
    func everyCodeIsProduced() throws {
        var produced = Set(LimitTests.codes)
        for sample in PolicyCorpus.cases {
            produced.formUnion(try ExpectedDiagnostics(in: sample.files).entries.map(\.code))
        }
        let missing = DiagnosticCode.allCases.filter { $0.rawValue < 4000 && !produced.contains($0) }
        #expect(missing.isEmpty, "\(missing.map(\.identifier))")
    }

    @Test("the corpus is there")
    func corpusIsThere() {
        #expect(PolicyCorpus.cases.count >= 150)
        #expect(
            PolicyCorpus.cases.allSatisfy { !$0.files.isEmpty && $0.files.allSatisfy { !$0.bytes.isEmpty } })
        #expect(PolicyCorpus.cases.contains { $0.files.count > 1 })
    }

    @Test("a policy without expectations is clean, one with a mistake is not")
    func cleanIsClean() throws {
        for sample in PolicyCorpus.cases {
            let isClean = sample.name.hasPrefix("clean/")
            #expect(try ExpectedDiagnostics(in: sample.files).entries.isEmpty == isClean, "\(sample.name)")
        }
    }

    @Test(
        "messages are one line, begin in lower case, end without a full stop", arguments: PolicyCorpus.cases)
    func messagesReadWell(sample: PolicyCorpus.Case) {
        for diagnostic in Compiled(sample.files).diagnostics {
            let texts =
                [diagnostic.message] + diagnostic.labels.map(\.text)
                + diagnostic.notes.map { note in
                    switch note {
                    case .note(let text), .help(let text): text
                    }
                }
            for text in texts where !text.isEmpty {
                #expect(!text.contains("\n") && !text.hasSuffix("."), "\(text)")
                #expect(text.count { $0 == "`" }.isMultiple(of: 2), "\(text)")
            }
            #expect(!diagnostic.message.isEmpty)
            let first = diagnostic.message.prefix { $0.isLetter }
            let isKind = ["Service", "CASAPolicy", "Namespace", "MultiAgentSystem"].contains { first == $0 }
            #expect(first.first?.isLowercase ?? true || isKind, "\(diagnostic.message)")
        }
    }
}
