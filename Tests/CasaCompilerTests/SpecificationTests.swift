import CasaDiagnostics
import Foundation
import Testing

@Suite("What the specification refers to")
struct SpecificationTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../..").standardizedFileURL

    private func page(_ name: String) throws -> String {
        try String(contentsOf: Self.root.appending(path: "spec/\(name)"), encoding: .utf8)
    }

    @Test("every file that the semantics name as a definition or a guard is there")
    func files() throws {
        let text = try page("semantics.md")
        let named = text.matches(of: /`((?:[A-Za-z+]+\/)+[A-Za-z+]+(?:\.swift)?)`/).map { String($0.1) }
        let paths = named.filter { $0.hasSuffix(".swift") || $0.hasPrefix("Tests/") }
        #expect(paths.count > 30)
        for path in paths {
            let places = ["", "Sources/CasaPolicyLang/", "Tests/CasaCompilerTests/"].map { $0 + path }
            let isThere = places.contains {
                FileManager.default.fileExists(atPath: Self.root.appending(path: $0).path)
            }
            #expect(isThere, "\(path)")
        }
    }

    @Test("every section of the semantics says by what it is guarded")
    func guards() throws {
        let sections = try page("semantics.md").components(separatedBy: "\n## ").dropFirst()
        #expect(sections.count == 17)
        for section in sections where !section.hasPrefix("Where upstream differs") {
            #expect(section.contains("*Guarded by:*"), "\(section.prefix { $0 != "\n" })")
        }
    }

    @Test(
        "every code that a page speaks of is one",
        arguments: ["semantics.md", "language.md", "limits.md", "ir.md"])
    func codes(name: String) throws {
        let codes = try page(name).matches(of: /CASA(\d{4})/).compactMap { Int($0.1) }
        for code in codes { #expect(DiagnosticCode(rawValue: code) != nil, "CASA\(code)") }
    }
}
