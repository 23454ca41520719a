internal import Glibc

/// Waits for sockets.
enum Polling {
    struct Interest {
        let descriptor: Int32
        var writing = false
    }

    /// Which of them something happened to; no time means forever.
    static func wait(_ interests: [Interest], milliseconds: Int?) -> [Bool] {
        var set = interests.map { interest in
            pollfd(fd: interest.descriptor, events: Int16(interest.writing ? POLLOUT : POLLIN), revents: 0)
        }
        let count = poll(&set, nfds_t(set.count), Int32(clamping: milliseconds ?? -1))
        return set.map { count > 0 && $0.revents != 0 }
    }
}
