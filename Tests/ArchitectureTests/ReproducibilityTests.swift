import CasaBundle
import CasaCompiler
import CasaDiagnostics
import Foundation
import Testing

@Suite("same input, same bytes")
struct ReproducibilityTests {
    static let examples = ["banking", "quickstart", "research-team"]

    @Test(
        "an example compiles to the same bytes twice, and in whatever order its files are named",
        arguments: examples)
    func compilationIsDeterministic(example: String) throws {
        let forward = try Self.sources(of: example)
        let first = try Self.bundles(forward)
        #expect(try Self.bundles(forward).map(\.object) == first.map(\.object))
        #expect(try Self.bundles(forward.reversed()).map(\.object) == first.map(\.object))
    }

    @Test("where an example lies says nothing in its bundle", arguments: examples)
    func placeIsNotInTheBundle(example: String) throws {
        for bundle in try Self.bundles(Self.sources(of: example)) {
            for file in bundle.files {
                let text = String(decoding: file.bytes, as: UTF8.self)
                #expect(!text.contains(Repository.root), "\(file.name)")
            }
        }
    }

    private static func sources(of example: String) throws -> [SourceFile] {
        var diagnostics = DiagnosticBag()
        return try SourceCollection(arguments: ["\(Repository.root)/examples/\(example)"])
            .read(reporting: &diagnostics)
    }

    private static func bundles(_ sources: [SourceFile]) throws -> [CasaBundle.Bundle] {
        var diagnostics = DiagnosticBag()
        return try Compilation(of: sources).bundles(reporting: &diagnostics)
    }
}
