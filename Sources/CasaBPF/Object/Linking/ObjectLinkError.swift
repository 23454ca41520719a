/// Why objects could not be joined, with what libbpf said about it.
package struct ObjectLinkError: Error, Hashable, Sendable {
    package enum Problem: Hashable, Sendable {
        case unreadable(input: String, ObjectError)
        case temporaryDirectory(errno: Int32)
        case temporaryFile
        case logUnavailable
        case notStarted
        case refused(input: String, errno: Int32)
        case notFinished(errno: Int32)
    }

    package let problem: Problem

    /// libbpf's own words, one message a line; empty when it was not asked.
    package let log: String

    init(_ problem: Problem, log: String) {
        self.problem = problem
        self.log = log
    }
}

extension ObjectLinkError: CustomStringConvertible {
    package var description: String {
        let sentence =
            switch problem {
            case .unreadable(let input, let error): "\(input): \(error)"
            case .temporaryDirectory(let errno): "no temporary directory can be made (errno \(errno))"
            case .temporaryFile: "a temporary file cannot be written or read"
            case .logUnavailable: "no memory for the linker's messages"
            case .notStarted: "the linker does not start"
            case .refused(let input, let errno): "the linker refuses \(input) (errno \(errno))"
            case .notFinished(let errno): "the linker does not finish (errno \(errno))"
            }
        return log.isEmpty ? sentence : "\(sentence)\n\(log)"
    }
}
