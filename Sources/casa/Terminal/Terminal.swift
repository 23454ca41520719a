internal import Glibc

/// Standard output and standard error.
struct Terminal {
    static let standard = Terminal()

    func output(_ text: String) { write(text, to: STDOUT_FILENO) }

    func error(_ text: String) { write(text, to: STDERR_FILENO) }

    /// Colour where a person is looking, unless they asked for none (no-color.org) or the terminal has none.
    var hasColour: Bool {
        isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil
            && getenv("TERM").map { String(cString: $0) != "dumb" } ?? false
    }

    /// The width of the terminal; `nil` when the output goes elsewhere.
    var width: Int? {
        guard isatty(STDOUT_FILENO) == 1 else { return nil }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Whatever cannot be written has no reader any more.
    private func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
