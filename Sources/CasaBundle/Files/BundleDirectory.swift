internal import FoundationEssentials

/// A bundle on disk: one directory, written as a whole or not at all.
package struct BundleDirectory: Sendable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// A file could not be read or written.
    package struct Failure: Error, Sendable {
        package let path: String
        package let reason: String
    }

    /// Files of a bundle are small; a larger one is not ours.
    private static let byteLimit = 256 << 20

    package func read() throws(BundleFailure) -> Bundle {
        let manifest = try bytes(of: Bundle.manifestName)
        let object = try bytes(of: Bundle.objectName)
        let runtime = try bytes(of: Bundle.runtimeName)
        do {
            return try Bundle(manifest: manifest, object: object, runtime: runtime)
        } catch {
            throw .corrupt(error)
        }
    }

    /// Writes beside the target and renames, so that a reader sees the old bundle or the new one.
    package func write(_ bundle: Bundle) throws(Failure) {
        let files = FileManager.default
        let temporary = path + ".partial"
        do {
            if files.fileExists(atPath: temporary) { try files.removeItem(atPath: temporary) }
            try files.createDirectory(atPath: temporary, withIntermediateDirectories: true)
            for file in bundle.files {
                try Data(file.bytes).write(to: URL(filePath: temporary + "/" + file.name))
            }
            try AtomicRename.replace(path, with: temporary)
        } catch {
            try? files.removeItem(atPath: temporary)
            throw Failure(path: path, reason: FileFailure.reason(error))
        }
    }

    private func bytes(of name: String) throws(BundleFailure) -> [UInt8] {
        let file = path + "/" + name
        do {
            let data = try Data(contentsOf: URL(filePath: file))
            guard data.count <= Self.byteLimit else {
                throw BundleFailure.unreadable(Failure(path: file, reason: "larger than a bundle can be"))
            }
            return Array(data)
        } catch let failure as BundleFailure {
            throw failure
        } catch {
            throw .unreadable(Failure(path: file, reason: FileFailure.reason(error)))
        }
    }
}

/// Why a bundle could not be had from a directory.
package enum BundleFailure: Error, Sendable {
    case unreadable(BundleDirectory.Failure)
    case corrupt(Bundle.Corruption)
}
