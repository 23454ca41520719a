internal import FoundationEssentials

/// The bytes of a bundle, complete and consistent: the object, the runtime tables, and the manifest that
/// binds them.
package struct Bundle: Sendable {
    package static let manifestName = "manifest.json"
    package static let objectName = "policy.bpf.o"
    package static let runtimeName = "runtime.json"

    package let manifest: Manifest
    package let object: [UInt8]
    package let runtime: [UInt8]
    /// The manifest as it was read; `nil` of a bundle that was made here.
    private let writtenManifest: [UInt8]?

    package init(manifest: Manifest, object: [UInt8], runtime: [UInt8]) {
        self.init(manifest: manifest, written: nil, object: object, runtime: runtime)
    }

    private init(manifest: Manifest, written: [UInt8]?, object: [UInt8], runtime: [UInt8]) {
        self.manifest = manifest
        self.object = object
        self.runtime = runtime
        writtenManifest = written
    }

    /// The bytes of `manifest.json`.
    package var manifestBytes: [UInt8] { writtenManifest ?? StableJSON.encode(manifest) }

    /// Of `manifest.json`, which holds the digests of everything else.
    package var digest: Digest { Digest(of: manifestBytes) }

    /// The files of the bundle's directory, by name.
    package var files: [(name: String, bytes: [UInt8])] {
        [(Self.manifestName, manifestBytes), (Self.objectName, object), (Self.runtimeName, runtime)]
    }

    /// What is wrong with a bundle that was read.
    package enum Corruption: Error, Hashable, Sendable {
        case unreadableManifest(reason: String)
        case unsupportedFormat(Int)
        case wrongDigest(file: String, expected: Digest, found: Digest)
        case inconsistent(reason: String)
    }

    /// Takes a bundle only if every digest agrees.
    package init(manifest manifestBytes: [UInt8], object: [UInt8], runtime: [UInt8]) throws(Corruption) {
        let manifest: Manifest = try StableJSON.decode(manifestBytes)
        guard manifest.format == Manifest.currentFormat else { throw .unsupportedFormat(manifest.format) }
        for (file, bytes) in [(manifest.object, object), (manifest.runtime, runtime)] {
            let found = Digest(of: bytes)
            if found != file.sha256 {
                throw .wrongDigest(file: file.file, expected: file.sha256, found: found)
            }
        }
        try Self.checkNumbers(of: manifest)
        if let proof = manifest.proof, proof.policy != manifest.policyDigest {
            throw .inconsistent(reason: "its proof record is about another policy")
        }
        self.init(manifest: manifest, written: manifestBytes, object: object, runtime: runtime)
    }

    /// Numbers are positions: a manifest that disagrees with itself would name the wrong rule in an event.
    private static func checkNumbers(of manifest: Manifest) throws(Corruption) {
        guard manifest.subjects.map(\.number) == Array(1..<(manifest.subjects.count + 1)) else {
            throw .inconsistent(reason: "subjects are not numbered from 1")
        }
        guard manifest.rules.map(\.number) == Array(0..<manifest.rules.count) else {
            throw .inconsistent(reason: "rules are not numbered from 0")
        }
        guard Set(manifest.classes.map(\.number)).count == manifest.classes.count else {
            throw .inconsistent(reason: "two classes have one number")
        }
    }
}

/// JSON with one spelling: sorted keys, two spaces, a final line break.
package enum StableJSON {
    package static func encode(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        do {
            return try Array(encoder.encode(value)) + [UInt8(ascii: "\n")]
        } catch {
            preconditionFailure("values of the bundle format always encode: \(error)")
        }
    }

    package static func decode<Value: Decodable>(_ bytes: [UInt8]) throws(Bundle.Corruption) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(bytes))
        } catch let error as DecodingError {
            throw .unreadableManifest(reason: Self.reason(error))
        } catch {
            throw .unreadableManifest(reason: "not JSON")
        }
    }

    private static func reason(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): "`\(key.stringValue)` is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "`\(context.codingPath.map(\.stringValue).joined(separator: "."))` has the wrong type"
        case .dataCorrupted(let context):
            context.codingPath.isEmpty
                ? "not JSON"
                : "`\(context.codingPath.map(\.stringValue).joined(separator: "."))` "
                    + context.debugDescription
        @unknown default: "not understood"
        }
    }
}
