internal import Glibc

/// `casa-dev attempt CGROUP`: makes the attempts on standard input, many at once, and says what became of each.
enum AttemptRole {
    static let name = "attempt"
    /// So many sockets are open at a time.
    private static let breadth = 32

    static func run(_ arguments: [String]) -> Int32 {
        guard arguments.count == 1, Standing.announce(cgroup: arguments[0]) else { return 1 }
        var waiting: [Attempt] = []
        while let line = readLine() {
            if let attempt = Attempt(line: line) { waiting.append(attempt) }
        }
        waiting.reverse()
        var flights: [Flight] = []
        while !waiting.isEmpty || !flights.isEmpty {
            while flights.count < breadth, let attempt = waiting.popLast() {
                switch Flight.start(attempt) {
                case .flying(let flight): flights.append(flight)
                case .ended(let outcome): print(outcome.line(for: attempt.number))
                }
            }
            flights = advance(flights)
        }
        return 0
    }

    /// Waits until something happens, and returns what is still in the air.
    private static func advance(_ flights: [Flight]) -> [Flight] {
        let now = ContinuousClock.now
        let next = flights.map(\.nextLook).min().map { now.duration(to: $0).milliseconds } ?? 0
        let events = Polling.wait(flights.map(\.interest), milliseconds: max(0, next) + 1)
        var rest: [Flight] = []
        for (flight, isReady) in zip(flights, events) {
            var flight = flight
            if let outcome = flight.look(isReady: isReady) {
                print(outcome.line(for: flight.attempt.number))
            } else {
                rest.append(flight)
            }
        }
        return rest
    }
}

/// Whether this process stands where it is meant to.
enum Standing {
    static let word = "standing"

    /// Says so on standard output, or that it does not: a process outside its cgroup would be allowed everything.
    static func announce(cgroup: String) -> Bool {
        let found = (Files.text("/proc/self/cgroup") ?? "").split(separator: "\n").first {
            $0.hasPrefix("0::")
        }
        let isInside = found.map { $0.dropFirst(3) == cgroup } ?? false
        print(isInside ? word : "outside \(cgroup)")
        fflush(nil)
        return isInside
    }
}

extension Duration {
    var milliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
