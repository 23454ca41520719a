internal import Foundation

/// A run of the tool as a whole process, and what it took.
struct ChildProcess {
    /// From start to end, as a person waits for it.
    let seconds: Double
    /// The most memory it had at once.
    let peakMebibytes: Double

    /// Its output goes nowhere; it has to succeed.
    init(_ tool: String, _ arguments: [String]) throws {
        var files: posix_spawn_file_actions_t = .init()
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
        guard spawned == 0 else { throw BenchFailure("`\(tool)` does not start: \(String(cString: strerror(spawned)))") }
        var status: Int32 = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) < 0 {
            guard errno == EINTR else { throw BenchFailure("`\(tool)` was lost") }
        }
        let spent = clock.now - start
        guard status == 0 else { throw BenchFailure("`\(tool) \(arguments.joined(separator: " "))` fails (\(status))") }
        seconds = Double(spent.components.seconds) + Double(spent.components.attoseconds) * 1e-18
        peakMebibytes = Double(usage.ru_maxrss) / 1024
    }
}
