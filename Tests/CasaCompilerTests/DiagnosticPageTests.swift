import CasaDiagnostics
import Foundation
import Testing

@Suite("The pages of the diagnostics")
struct DiagnosticPageTests {
    /// Codes that no text of a policy causes: sizes, encodings, and everything that happens behind the meaning.
    private static let withoutPolicy = DiagnosticCode.allCases.filter {
        $0.rawValue >= 4000 || $0 == .inputTooLarge || $0 == .notUTF8
    }

    @Test("every code has a page, and every page a code")
    func complete() {
        let pages = PolicyCorpus.children(of: DiagnosticPage.folder).map(\.lastPathComponent)
        #expect(pages == DiagnosticCode.allCases.map { "\($0.identifier).md" }.sorted())
    }

    @Test(
        "a page has the name of its code and says what it means and why it matters",
        arguments: DiagnosticCode.allCases)
    func sections(code: DiagnosticCode) throws {
        let page = try DiagnosticPage(code)
        #expect(page.text.hasPrefix("# \(code.identifier): \(code.name)\n\n"))
        #expect(page.text.contains("\n## Why it matters\n"))
        #expect(page.text.contains("\n## How to configure\n") == code.isLint)
        let others = page.text.matches(of: /CASA(\d{4})/).compactMap { Int($0.1) }
        #expect(others.allSatisfy { DiagnosticCode(rawValue: $0) != nil })
    }

    @Test(
        "the first policy of a page causes its diagnostic, the second does not",
        arguments: DiagnosticCode.allCases.filter { !withoutPolicy.contains($0) })
    func policies(code: DiagnosticCode) throws {
        let blocks = try DiagnosticPage(code).blocks(of: "yaml")
        try #require(blocks.count == 2)
        let wrong = Compiled(blocks[0])
        #expect(wrong.codes.contains(code))
        #expect(wrong.errors.allSatisfy { $0 == code }, "\(wrong.diagnostics.map(\.message))")
        #expect(wrong.diagnostics.contains { $0.code == code && $0.severity == .error } == !code.isAdvice)
        let right = Compiled(blocks[1])
        #expect(!right.codes.contains(code))
        #expect(right.errors.isEmpty, "\(right.diagnostics.map(\.message))")
    }

    @Test("codes that no policy causes show what the command says", arguments: withoutPolicy)
    func consoles(code: DiagnosticCode) throws {
        let blocks = try DiagnosticPage(code).blocks(of: "console")
        try #require(blocks.count == 1)
        #expect(blocks[0].hasPrefix("$ casa "))
        #expect(blocks[0].contains("\nerror[\(code.identifier)]: "))
    }
}

extension DiagnosticCode {
    /// Lints and information: the page's first policy still compiles.
    fileprivate var isAdvice: Bool { defaultSeverity != .error }
}

/// A page of `spec/diagnostics`.
struct DiagnosticPage {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../spec/diagnostics").standardizedFileURL

    let text: String

    init(_ code: DiagnosticCode) throws {
        text = try String(contentsOf: Self.folder.appending(path: "\(code.identifier).md"), encoding: .utf8)
    }

    /// The fenced blocks of a language.
    func blocks(of language: String) -> [String] {
        text.components(separatedBy: "\n```\(language)\n").dropFirst().map { rest in
            rest.components(separatedBy: "\n```")[0] + "\n"
        }
    }
}
