internal import Glibc

/// A system call that failed, and what it was for.
package struct SystemCallFailure: Error, Hashable, Sendable {
    /// The call or command: `BPF_MAP_CREATE`.
    package let call: String
    /// What it was applied to: a map, a program, a path.
    package let subject: String
    /// The kernel's error number, positive.
    package let number: Int32

    package init(_ call: String, _ subject: String, result: Int32) {
        self.call = call
        self.subject = subject
        number = abs(result)
    }

    /// The number in the words of the C library, in lower case.
    package var reason: String { String(cString: strerror(number)).lowercased() }

    package var isPermission: Bool { number == EPERM || number == EACCES }

    package var isMissingFile: Bool { number == ENOENT }
}

extension SystemCallFailure: CustomStringConvertible {
    package var description: String { "\(call) of \(subject): \(reason)" }
}
