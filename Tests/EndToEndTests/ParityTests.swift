import Foundation
import Testing

/// The pages of `spec/parity`, written again and compared; the tool fails where one claims what is not so.
@Suite("parity")
struct ParityTests {
    private static let environment = ProcessInfo.processInfo.environment

    private static let vectors =
        environment["CASA_CONFORMANCE"]
        ?? Tool.repository.deletingLastPathComponent().appending(path: "shared/conformance/bpf").path

    private static let isPossible =
        FileManager.default.fileExists(atPath: vectors)
        || (environment["CASA_REQUIRE"] ?? "").split(separator: ",").contains("conformance")

    private static let pages = ["README.md", "features.md", "helpers.md", "hooks.md", "instructions.md"]

    @Test(
        "what is said of support, proofs and tests is so",
        .enabled("needs the BPF conformance suite") { isPossible })
    func pagesAreTrue() throws {
        let folder = try TemporaryFolder()
        let written = try Tool.run(
            Tool.products.appending(path: "casa-dev"), ["parity", folder.path, "--vectors", Self.vectors])
        try #require(written.code == 0, "\(written.error)")
        let kept = Tool.repository.appending(path: "spec/parity")
        #expect(try FileManager.default.contentsOfDirectory(atPath: kept.path).sorted() == Self.pages)
        for page in Self.pages {
            let (old, new) = try (
                String(contentsOf: kept.appending(path: page), encoding: .utf8), folder.text(page)
            )
            // With other vectors the forms are the same, and their counts are not.
            let isComparable = Self.vectorCount(old) == Self.vectorCount(new)
            #expect(
                isComparable ? old == new : Self.withoutNumbers(old) == Self.withoutNumbers(new),
                "`make parity` writes another \(page)")
        }
    }

    private static func vectorCount(_ page: String) -> Int? {
        page.firstMatch(of: /(\d+) conformance vectors/).flatMap { Int($0.1) }
    }

    private static func withoutNumbers(_ page: String) -> String { page.replacing(/\d+/, with: "#") }
}
