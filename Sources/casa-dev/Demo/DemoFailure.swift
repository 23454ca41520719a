internal import Glibc

/// Why the demo could not go on.
enum DemoFailure: Error {
    /// In words for people.
    case failed(String)
    /// Somebody asked us to stop.
    case interrupted(signal: Int32)

    /// A system call with its negative error number.
    static func call(_ what: String, _ result: Int32) -> DemoFailure {
        .failed("\(what): \(String(cString: strerror(-result)).lowercased())")
    }
}
