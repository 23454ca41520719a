/// One verb of the tool.
protocol Command: Sendable {
    static var name: String { get }
    /// One line for the overview.
    static var summary: String { get }
    /// The arguments, as usage lines write them.
    static var synopsis: String { get }
    static var options: [Option] { get }

    static func run(_ arguments: Arguments) throws(UsageError) -> ExitCode
}

/// An option of a command: with a value, or a switch.
struct Option: Sendable {
    let name: String
    /// What stands for the value in usage lines; `nil` for a switch.
    let value: String?
    let summary: String
    let isRepeatable: Bool

    init(_ name: String, _ value: String? = nil, _ summary: String, isRepeatable: Bool = false) {
        self.name = name
        self.value = value
        self.summary = summary
        self.isRepeatable = isRepeatable
    }
}

/// The words of the command line do not fit the command.
struct UsageError: Error {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
