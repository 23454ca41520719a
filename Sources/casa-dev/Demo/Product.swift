/// The `casa` that was built with us, run as a user would run it.
struct Product {
    private let program: String

    init() throws(DemoFailure) {
        let own = Files.executable
        program = own.prefix(through: own.lastIndex(of: "/") ?? own.startIndex) + "casa"
        guard Files.isExecutable(program) else {
            throw .failed("there is no casa next to casa-dev; build the whole package")
        }
    }

    /// Shows the command and what it says; returns its exit status.
    func show(_ arguments: [String]) throws(DemoFailure) -> Int32 {
        Output.line("$ casa \(arguments.joined(separator: " "))")
        return try Launch(program, arguments).run()
    }

    /// Shows a command that has to succeed.
    func require(_ arguments: [String]) throws(DemoFailure) {
        let status = try show(arguments)
        guard status == 0 else { throw .failed("casa \(arguments[0]) ended with \(status)") }
    }

    /// Runs it unseen, with its output in a file.
    func start(_ arguments: [String], output: String) throws(DemoFailure) -> ChildProcess {
        var launch = Launch(program, arguments)
        launch.output = output
        return try launch.start()
    }

    /// Runs it unseen and in spite of signals: for putting things back.
    func runQuietly(_ arguments: [String]) {
        var launch = Launch(program, arguments)
        launch.output = "/dev/null"
        guard let child = try? launch.start() else { return }
        child.waitStubbornly()
    }
}
