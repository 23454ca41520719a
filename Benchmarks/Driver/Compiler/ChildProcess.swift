internal import Foundation

/// A run of the tool as a whole process, and what it took.
struct ChildProcess: Codable {
    /// The word that makes this program a measuring one (``CasaBench``).
    static let command = "measure"

    /// From start to end, as a person waits for it.
    let seconds: Double
    /// The most memory it had at once.
    let peakKibibytes: Int

    /// Runs a tool from a process as small as can be: the kernel counts what a process was before it became another
    /// program, and this one has grown large.
    static func measured(_ tool: String, _ arguments: [String]) throws -> ChildProcess {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [command, tool] + arguments
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchFailure("`\(tool) \(arguments.joined(separator: " "))` fails")
        }
        return try JSONDecoder().decode(ChildProcess.self, from: output)
    }

    /// The measuring process: runs the tool, and writes down what it took.
    static func measure(_ words: [String]) throws {
        guard let tool = words.first else { throw BenchFailure("nothing to measure") }
        let child = try ChildProcess(tool, Array(words.dropFirst()))
        FileHandle.standardOutput.write(try JSONEncoder().encode(child))
    }

    /// Its output goes nowhere; it has to succeed.
    private init(_ tool: String, _ arguments: [String]) throws {
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&files, descriptor, "/dev/null", O_WRONLY, 0)
        }
        var words: [UnsafeMutablePointer<CChar>?] = ([tool] + arguments).map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var environment: [UnsafeMutablePointer<CChar>?] = [nil]

        let clock = ContinuousClock()
        let start = clock.now
        var process = pid_t()
        let spawned = posix_spawn(&process, tool, &files, nil, &words, &environment)
        guard spawned == 0 else {
            throw BenchFailure("`\(tool)` does not start: \(String(cString: strerror(spawned)))")
        }
        var status: Int32 = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) < 0 {
            guard errno == EINTR else { throw BenchFailure("`\(tool)` was lost") }
        }
        seconds = Timing.seconds(clock.now - start)
        guard status == 0 else { throw BenchFailure("`\(tool)` fails (\(status))") }
        peakKibibytes = usage.ru_maxrss
    }
}
