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
        let files: BundleFiles
        do {
            files = try readFiles()
        } catch {
            throw .unreadable(error)
        }
        do {
            return try files.bundle()
        } catch {
            throw .corrupt(error)
        }
    }

    /// The bytes alone, for those who judge them before they are understood.
    package func readFiles() throws(Failure) -> BundleFiles {
        BundleFiles(
            manifest: try bytes(of: Bundle.manifestName), object: try bytes(of: Bundle.objectName),
            runtime: try bytes(of: Bundle.runtimeName))
    }

    /// Writes beside the target and renames, so that a reader sees the old bundle or the new one.
    package func write(_ bundle: Bundle) throws(Failure) { try write(bundle.files) }

    package func write(_ contents: [(name: String, bytes: [UInt8])]) throws(Failure) {
        let files = FileManager.default
        let temporary = path + ".partial"
        do {
            if files.fileExists(atPath: temporary) { try files.removeItem(atPath: temporary) }
            try files.createDirectory(atPath: temporary, withIntermediateDirectories: true)
            for file in contents {
                try Data(file.bytes).write(to: URL(filePath: temporary + "/" + file.name))
            }
            try AtomicRename.replace(path, with: temporary)
        } catch {
            try? files.removeItem(atPath: temporary)
            throw Failure(path: path, reason: FileFailure.reason(error))
        }
    }

    private func bytes(of name: String) throws(Failure) -> [UInt8] {
        do {
            return try BoundedFile(path: path + "/" + name, limit: Self.byteLimit).bytes
        } catch {
            throw Failure(path: error.path, reason: error.reason)
        }
    }
}

/// Why a bundle could not be had from a directory.
package enum BundleFailure: Error, Sendable {
    case unreadable(BundleDirectory.Failure)
    case corrupt(Bundle.Corruption)
}
