/// The application of a party: a process in its cgroup and its network.
struct HostProcess {
    private let child: ChildProcess
    private let party: Party
    private let output: String

    /// How long a process may take until it listens, in steps of ten milliseconds.
    private static let patience = 1_000

    init(_ party: Party, ports: [UInt16], site: Site, outlives: Bool) throws(DemoFailure) {
        self.party = party
        output = "\(site.directory)/host-\(site.fileName(of: party)).out"
        try Files.makeDirectory(site.cgroupDirectory(of: party))
        var launch = Launch(
            Files.executable, [HostRole.name, site.cgroup(of: party)] + ports.map(String.init))
        launch.cgroup = site.cgroupDirectory(of: party)
        launch.network = Site.file(ofNetwork: site.network(of: party))
        launch.input = "/dev/null"
        launch.output = output
        // Not ours: whoever reads that would wait for a kept host to end.
        launch.errors = output + ".errors"
        launch.outlives = outlives
        child = try launch.start()
    }

    /// Waits until it serves its ports, and stands in its cgroup by its own account.
    func waitUntilServing() throws(DemoFailure) {
        for _ in 0..<Self.patience {
            let said = Files.text(output) ?? ""
            if said.hasPrefix(Standing.word + "\n") { return }
            guard said.isEmpty else { throw .failed("the process of \(party.name) says: \(said)") }
            try Interruption.pause(milliseconds: 10)
        }
        throw .failed("the process of \(party.name) (\(child.number)) does not begin to serve")
    }
}
