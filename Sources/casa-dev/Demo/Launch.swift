internal import CSystemShims
internal import Glibc

/// A process that is to be started.
struct Launch {
    let program: String
    let arguments: [String]
    /// A directory of cgroup v2, entered before the program begins, so that all its sockets are judged.
    var cgroup: String?
    /// The file of a network namespace.
    var network: String?
    var input: String?
    var output: String?
    var errors: String?
    /// Whether it goes on when we end.
    var outlives = false

    init(_ program: String, _ arguments: [String]) {
        self.program = program
        self.arguments = arguments
    }

    func start() throws(DemoFailure) -> ChildProcess {
        let words = ([program] + arguments).map { strdup($0) } + [nil]
        let paths = [program, cgroup, network, input, output, errors].map { $0.flatMap { strdup($0) } }
        defer { for text in words + paths { free(text) } }
        var step: Int32 = 0
        let result = words.withUnsafeBufferPointer { words in
            var launch = casa_demo_launch(
                program: paths[0], arguments: words.baseAddress, cgroup: paths[1], network: paths[2],
                input: paths[3], output: paths[4], errors: paths[5], outlives: outlives ? 1 : 0)
            return casa_demo_start(&launch, &step)
        }
        guard result > 0 else { throw .call("cannot start \(program) (\(Self.name(of: step)))", result) }
        return ChildProcess(number: result, name: program)
    }

    /// Starts it and waits; returns the exit status.
    func run() throws(DemoFailure) -> Int32 { try start().wait() }

    private static func name(of step: Int32) -> String {
        switch UInt32(step) {
        case CASA_DEMO_CGROUP.rawValue: "it could not enter its cgroup"
        case CASA_DEMO_NETWORK.rawValue: "it could not enter its network"
        case CASA_DEMO_FILES.rawValue: "it could not open its files"
        case CASA_DEMO_EXEC.rawValue: "it could not be executed"
        case let other: "step \(other)"
        }
    }
}

/// A process that we started.
struct ChildProcess {
    let number: Int32
    let name: String

    /// Its exit status, or 128 and its signal; a signal to us ends the wait and the process.
    func wait() throws(DemoFailure) -> Int32 {
        while true {
            do throws(DemoFailure) {
                try Interruption.check()
            } catch {
                stop()
                throw error
            }
            let result = casa_demo_wait(number)
            if result == -EINTR { continue }
            guard result >= 0 else { throw .call("cannot wait for \(name)", result) }
            return result
        }
    }

    func stop() {
        kill(number, SIGKILL)
        waitStubbornly()
    }

    /// Waits whatever signals come.
    func waitStubbornly() {
        while casa_demo_wait(number) == -EINTR {}
    }
}

/// A request to stop, seen at the next convenience so that everything can be put back first.
enum Interruption {
    static func prepare() { casa_demo_note_signals() }

    static func check() throws(DemoFailure) {
        let signal = casa_demo_noted_signal()
        if signal != 0 { throw .interrupted(signal: signal) }
    }

    static func pause(milliseconds: UInt32) throws(DemoFailure) {
        usleep(milliseconds * 1000)
        try check()
    }
}
