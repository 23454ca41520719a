import CasaDiagnostics
import CasaTestSupport
import Foundation
import Testing

/// The policies under `Tests/Fixtures/policies`: a file is a case, and so is a folder inside of a topic.
enum PolicyCorpus {
    struct Case: Sendable, CustomTestStringConvertible {
        /// Topic and file or folder.
        let name: String
        let files: [SourceFile]

        var testDescription: String { name }
    }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../Fixtures/policies").standardizedFileURL

    static let cases: [Case] = children(of: folder).flatMap { topic in
        children(of: topic).map { item in
            let isFolder = item.hasDirectoryPath
            let files = isFolder ? children(of: item) : [item]
            return Case(
                name: "\(topic.lastPathComponent)/\(item.lastPathComponent)",
                files: files.map { source($0) })
        }
    }

    static func source(_ url: URL) -> SourceFile {
        SourceFile(
            name: url.lastPathComponent,
            bytes: Array(FileManager.default.contents(atPath: url.path) ?? Data()))
    }

    /// What lies in a folder, in order; nothing where it is not there.
    static func children(of folder: URL) -> [URL] {
        let found = try? FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: [.isDirectoryKey])
        return (found ?? []).sorted { $0.lastPathComponent < $1.lastPathComponent }
    }
}
