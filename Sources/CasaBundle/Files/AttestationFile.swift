internal import Glibc

/// The file beside a bundle's own that says who stands for it; a bundle without one is unsigned.
package struct AttestationFile: Sendable {
    package static let name = "attestation.json"
    /// A statement names every source of a namespace; larger files are not ours.
    package static let byteLimit = 32 << 20

    package let path: String

    package init(of directory: BundleDirectory) {
        path = directory.path + "/" + Self.name
    }

    /// The bytes; `nil` where the bundle has no such file.
    package func read() throws(BoundedFile.Failure) -> [UInt8]? {
        do {
            return try BoundedFile(path: path, limit: Self.byteLimit).bytes
        } catch {
            if error.isAbsent { return nil }
            throw error
        }
    }

    /// Writes beside it and renames, so that a reader sees the old file or the new one.
    package func write(_ bytes: [UInt8]) throws(BoundedFile.Failure) {
        let temporary = path + ".partial"
        // Whatever a killed writer left is no name to write through.
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(errno) }
        let written = Self.write(bytes, to: descriptor)
        close(descriptor)
        do throws(BoundedFile.Failure) {
            guard written == 0 else { throw failure(written) }
            guard rename(temporary, path) == 0 else { throw failure(errno) }
        } catch {
            unlink(temporary)
            throw error
        }
    }

    /// Everything, down to the disk; the number of the error, or 0.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return count == 0 ? EIO : errno }
            rest = rest.dropFirst(count)
        }
        return fsync(descriptor) == 0 ? 0 : errno
    }

    private func failure(_ number: Int32) -> BoundedFile.Failure {
        BoundedFile.Failure(path, FileFailure.reason(POSIXFailure(number: number)))
    }
}
