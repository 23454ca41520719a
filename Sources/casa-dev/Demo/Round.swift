internal import CasaPolicyIR

/// Tries pairs once, each from a process in the cgroup and the network of its source.
struct Round {
    let site: Site
    let product: Product
    let namespaces: [String]
    let pairs: [Pair]
    /// Whether the programs at connect and sendmsg are attached.
    let callsAreJudged: Bool

    /// So many processes at a time, in the order of hosts.
    private static let breadth = 8
    /// In milliseconds: what is dropped never answers, and what passes may be slow on a busy machine.
    private static let refusalPatience = 300
    private static let answerPatience = 5_000
    /// How often to look for events.
    private static let looks = 3

    /// By pair and route.
    func run() throws(DemoFailure) -> [[Verdict]] {
        let outcomes = try makeAttempts()
        var evidence = Evidence()
        var verdicts: [[Verdict]] = []
        for _ in 0..<Self.looks {
            try collect(into: &evidence)
            verdicts = try compare(outcomes, evidence)
            if verdicts.allSatisfy({ $0.allSatisfy(\.isExpected) }) { break }
        }
        return verdicts
    }

    private func makeAttempts() throws(DemoFailure) -> [Int: Outcome] {
        var attempts: [Int: [Attempt]] = [:]
        var number = 0
        for pair in pairs {
            let patience = pair.expectation.isRefusal ? Self.refusalPatience : Self.answerPatience
            for route in pair.routes {
                attempts[pair.source.number, default: []].append(
                    Attempt(
                        number: number, transport: pair.transport, address: route.to, port: pair.port,
                        patience: patience))
                number += 1
            }
        }
        let sources = Dictionary(
            pairs.map { ($0.source.number, $0.source) }, uniquingKeysWith: { first, _ in first })
        var running: [(child: ChildProcess, source: Party)] = []
        var outcomes: [Int: Outcome] = [:]
        for (number, source) in sources.sorted(by: { $0.key < $1.key }) {
            if running.count == Self.breadth { try finish(running.removeFirst(), into: &outcomes) }
            running.append((try start(attempts[number] ?? [], from: source), source))
        }
        for process in running { try finish(process, into: &outcomes) }
        return outcomes
    }

    private func start(_ attempts: [Attempt], from source: Party) throws(DemoFailure) -> ChildProcess {
        try Files.write(attempts.map { $0.line + "\n" }.joined(), to: file(source, "in"))
        var launch = Launch(Files.executable, [AttemptRole.name, site.cgroup(of: source)])
        launch.cgroup = site.cgroupDirectory(of: source)
        launch.network = Site.file(ofNetwork: site.network(of: source))
        launch.input = file(source, "in")
        launch.output = file(source, "out")
        return try launch.start()
    }

    private func finish(
        _ process: (child: ChildProcess, source: Party), into outcomes: inout [Int: Outcome]
    ) throws(DemoFailure) {
        let status = try process.child.wait()
        let lines = (Files.text(file(process.source, "out")) ?? "").split(separator: "\n")
        guard status == 0, lines.first.map(String.init) == Standing.word else {
            throw .failed(
                "the client of \(process.source.name) ended with \(status): \(lines.first ?? "nothing said")")
        }
        for (number, outcome) in lines.dropFirst().compactMap(Outcome.read) { outcomes[number] = outcome }
    }

    private func file(_ source: Party, _ end: String) -> String {
        "\(site.directory)/attempts-\(site.fileName(of: source)).\(end)"
    }

    /// Reads what is in the rings, of every namespace at once.
    private func collect(into evidence: inout Evidence) throws(DemoFailure) {
        var watchers: [(child: ChildProcess, output: String)] = []
        for namespace in namespaces {
            let output = "\(site.directory)/events-\(namespace).json"
            let child = try product.start(["watch", namespace, "--json", "--seconds", "1"], output: output)
            watchers.append((child, output))
        }
        for watcher in watchers {
            let status = try watcher.child.wait()
            guard status == 0 else { throw .failed("casa watch ended with \(status)") }
            try evidence.add(lines: Files.text(watcher.output) ?? "")
        }
    }

    private func compare(_ outcomes: [Int: Outcome], _ evidence: Evidence) throws(DemoFailure) -> [[Verdict]]
    {
        var number = 0
        var verdicts: [[Verdict]] = []
        for pair in pairs {
            var row: [Verdict] = []
            for route in pair.routes {
                guard let outcome = outcomes[number] else {
                    throw .failed("the client of \(pair.source.name) did not say what became of an attempt")
                }
                row.append(Verdict(pair, route, outcome, evidence, callsAreJudged: callsAreJudged))
                number += 1
            }
            verdicts.append(row)
        }
        return verdicts
    }
}
