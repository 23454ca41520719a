import CasaBundle
import Foundation
import Testing

@Suite("The file of an attestation")
struct FileTests {
    private let folder: String
    private let file: AttestationFile

    init() throws {
        folder = FileManager.default.temporaryDirectory.path() + "casa-attestation-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        file = AttestationFile(of: BundleDirectory(path: folder))
    }

    private func remove() { try? FileManager.default.removeItem(atPath: folder) }

    @Test("it is written as a whole, over what was there, and leaves nothing beside it")
    func write() throws {
        defer { remove() }
        #expect(try file.read() == nil)
        try Data([9]).write(to: URL(filePath: folder + "/attestation.json.partial"))
        for bytes in [[1, 2], [UInt8](repeating: 3, count: 3 << 20), []] as [[UInt8]] {
            try file.write(bytes)
            #expect(try file.read() == bytes)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["attestation.json"])
    }

    @Test("a link in the place of the temporary file leads nowhere")
    func link() throws {
        defer { remove() }
        let victim = folder + "/victim"
        try Data([7]).write(to: URL(filePath: victim))
        try FileManager.default.createSymbolicLink(
            atPath: folder + "/attestation.json.partial", withDestinationPath: victim)
        try file.write([1])
        #expect(try Data(contentsOf: URL(filePath: victim)) == Data([7]))
    }

    @Test("where nothing can be written, nothing is left")
    func unwritable() throws {
        defer { remove() }
        try FileManager.default.createDirectory(atPath: file.path, withIntermediateDirectories: true)
        let failure = #expect(throws: BoundedFile.Failure.self) { try file.write([1]) }
        #expect(failure?.reason == "is a directory")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["attestation.json"])
        let read = #expect(throws: BoundedFile.Failure.self) { try file.read() }
        #expect(read?.reason == "it is a directory")
    }

    @Test("a pipe does not make a reader wait, and a device never ends one")
    func pipes() throws {
        defer { remove() }
        try #require(mkfifo(file.path, 0o600) == 0)
        #expect(throws: BoundedFile.Failure.self) { try file.read() }
        let device = #expect(throws: BoundedFile.Failure.self) {
            try BoundedFile(path: "/dev/zero", kind: .stream, limit: 100)
        }
        #expect(device?.reason == "it is larger than 100 bytes")
        #expect(throws: BoundedFile.Failure.self) { try BoundedFile(path: "/dev/zero", limit: 100) }
    }

    @Test("a file is read up to its limit, and whoever may read it is known")
    func limits() throws {
        defer { remove() }
        let path = folder + "/key"
        for size in [0, 1, 99, 100] {
            try Data(repeating: 5, count: size).write(to: URL(filePath: path))
            #expect(try BoundedFile(path: path, limit: 100).bytes.count == size)
        }
        try Data(repeating: 5, count: 101).write(to: URL(filePath: path))
        #expect(throws: BoundedFile.Failure.self) { try BoundedFile(path: path, limit: 100) }
        for (mode, isExposed) in [(0o600, false), (0o400, false), (0o640, true), (0o604, true)] {
            chmod(path, mode_t(mode))
            #expect(try BoundedFile(path: path, limit: 200).isExposed == isExposed)
        }
    }
}
