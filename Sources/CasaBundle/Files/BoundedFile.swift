internal import Glibc

/// A file read to its end, unless it is larger than it may be.
package struct BoundedFile: Sendable {
    package let bytes: [UInt8]
    /// Whether somebody besides its owner may read it.
    package let isExposed: Bool

    package struct Failure: Error, Sendable {
        package let path: String
        package let reason: String
        package let isAbsent: Bool

        init(_ path: String, _ reason: String, isAbsent: Bool = false) {
            self.path = path
            self.reason = reason
            self.isAbsent = isAbsent
        }

        fileprivate init(_ path: String, number: Int32) {
            self.init(path, FileFailure.reason(POSIXFailure(number: number)), isAbsent: number == ENOENT)
        }
    }

    /// What may be at the path.
    package enum Kind: Sendable {
        /// A regular file: nothing that makes a reader wait, or never ends.
        case file
        /// A pipe too, as a shell makes it of `<(command)`.
        case stream
    }

    package init(path: String, kind: Kind = .file, limit: Int) throws(Failure) {
        // A pipe that is opened without waiting for its writer would end at once.
        let mode = kind == .file ? O_RDONLY | O_CLOEXEC | O_NONBLOCK : O_RDONLY | O_CLOEXEC
        let descriptor = open(path, mode)
        guard descriptor >= 0 else { throw Failure(path, number: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Failure(path, number: errno) }
        switch (status.st_mode & S_IFMT, kind) {
        case (S_IFREG, _), (S_IFIFO, .stream), (S_IFCHR, .stream), (S_IFSOCK, .stream): break
        case (S_IFDIR, _): throw Failure(path, "it is a directory")
        default: throw Failure(path, "it is not a file")
        }
        isExposed =
            status.st_mode & S_IFMT == S_IFREG && status.st_mode & (S_IRGRP | S_IROTH) != 0
        bytes = try Self.read(descriptor, path, expecting: Int(status.st_size), limit: limit)
    }

    /// One byte more than the limit is asked for, so that a file that grows is noticed too.
    private static func read(
        _ descriptor: Int32, _ path: String, expecting size: Int, limit: Int
    ) throws(Failure) -> [UInt8] {
        guard size <= limit else { throw Failure(path, "it is larger than \(limit) bytes") }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size)
        var block = [UInt8](repeating: 0, count: min(limit + 1, max(4096, min(size + 1, 1 << 20))))
        while true {
            let count = block.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(path, number: errno) }
            if count == 0 { return bytes }
            guard bytes.count + count <= limit else {
                throw Failure(path, "it is larger than \(limit) bytes")
            }
            bytes += block[..<count]
        }
    }
}
