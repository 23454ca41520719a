internal import CSystemShims
internal import FoundationEssentials
internal import Glibc

/// Puts a finished directory in the place of another in one step.
enum AtomicRename {
    static func replace(_ target: String, with finished: String) throws {
        switch -casa_exchange_paths(finished, target) {
        case 0:
            try FileManager.default.removeItem(atPath: finished)
        case ENOENT, EINVAL:
            // Nothing to exchange with, or a file system that cannot: a plain rename serves the first and
            // refuses a full directory in the second, so that nothing is lost.
            guard rename(finished, target) == 0 else { throw POSIXFailure(number: errno) }
        case let number:
            throw POSIXFailure(number: number)
        }
    }
}

/// A failed system call with its number.
struct POSIXFailure: Error {
    let number: Int32
}

/// The sentence for a file error, in the words of the C library.
enum FileFailure {
    static func reason(_ error: any Error) -> String {
        if let failure = error as? POSIXFailure {
            return String(cString: strerror(failure.number)).lowercased()
        }
        if let failure = error as? CocoaError, let number = posixNumber(failure) {
            return String(cString: strerror(number)).lowercased()
        }
        return "input or output error"
    }

    private static func posixNumber(_ error: CocoaError) -> Int32? {
        switch error.code {
        case .fileNoSuchFile, .fileReadNoSuchFile: ENOENT
        case .fileReadNoPermission, .fileWriteNoPermission: EACCES
        case .fileWriteOutOfSpace: ENOSPC
        case .fileWriteVolumeReadOnly: EROFS
        case .fileReadTooLarge: EFBIG
        default: nil
        }
    }
}
