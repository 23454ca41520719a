import Foundation
import Testing

/// Mistakes that a compiler could make, each in a file of `Tests/Fixtures/bugs`.
@Suite struct BugTests {
    private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let folder = "Tests/Fixtures/bugs"
    /// Beside the test runner.
    private static let tool = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appending(path: "casa-dev")

    static let bugs: [String] = {
        let path = repository.appending(path: folder).path()
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { $0.hasSuffix(".bug") }.sorted()
    }()

    @Test("there are bugs of every kind")
    func kinds() throws {
        let texts = try Self.bugs.map {
            try String(contentsOf: Self.repository.appending(path: "\(Self.folder)/\($0)"), encoding: .utf8)
        }
        #expect(texts.count >= 20)
        for kind in ["rules:", "code:", "table:", "template:"] {
            #expect(texts.contains { $0.contains("\n\(kind)") }, "none of \(kind)")
        }
    }

    /// Bugs for which no counterexample is found in the time of a build: what they break is not built all the same.
    static let undecided: Set<String> = ["lower-half-not-compared.bug"]

    @Test("a bug that is too hard to refute is not proved either", arguments: undecided.sorted())
    func tooHard(bug: String) throws {
        let (status, text) = try plant(bug)
        #expect(status == 1 && text.contains("is undecided"), "\(text)")
    }

    @Test(
        "a planted bug is refuted by a counterexample that replays",
        arguments: bugs.filter { !undecided.contains($0) })
    func planted(bug: String) throws {
        let (status, text) = try plant(bug)
        #expect(status == 0, "\(text)")
        #expect(text.contains("\(bug): refuted: ") && text.contains("decided by: "), "\(text)")
    }

    private func plant(_ bug: String) throws -> (status: Int32, text: String) {
        let process = Process()
        process.executableURL = Self.tool
        process.arguments = ["plant", "\(Self.folder)/policy", "\(Self.folder)/\(bug)"]
        process.currentDirectoryURL = Self.repository
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }
}
