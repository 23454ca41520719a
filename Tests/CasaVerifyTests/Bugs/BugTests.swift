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

    @Test("a planted bug is refuted by a counterexample that replays", arguments: bugs)
    func planted(bug: String) throws {
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
        #expect(process.terminationStatus == 0, "\(text)")
        #expect(text.contains("\(bug): refuted: ") && text.contains("decided by: "), "\(text)")
    }
}
