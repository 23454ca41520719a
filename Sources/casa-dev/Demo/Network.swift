internal import CasaPolicyIR

/// A switch in a network namespace of its own, and a namespace for each host with one cable to it.
///
/// Nothing of the machine's own network is touched: both ends of every cable are made inside.
struct Network {
    private let site: Site
    private let program: String

    init(site: Site) throws(DemoFailure) {
        self.site = site
        guard let program = Files.program("ip") else { throw .failed("there is no `ip`; install iproute2") }
        self.program = program
    }

    func make(for parties: [Party]) throws(DemoFailure) {
        for name in [site.switchNetwork] + parties.map(site.network) { try ip(["netns", "add", name]) }
        let cables = parties.flatMap { party in
            [
                "link add p\(party.number) type veth peer name eth0 netns \(site.network(of: party))",
                "link set p\(party.number) master bridge up",
            ]
        }
        try batch(
            ["link set lo up", "link add bridge type bridge", "link set bridge up"] + cables,
            in: site.switchNetwork)
        for party in parties { try batch(lines(for: party), in: site.network(of: party)) }
    }

    private func lines(for party: Party) -> [String] {
        ["link set lo up"]
            + party.addresses.map { address in
                switch address {
                case .v4: "address add \(address)/16 dev eth0"
                // Nobody else is here who could have the address; looking would take a second.
                case .v6: "address add \(address)/64 dev eth0 nodad"
                }
            } + ["link set eth0 up"]
    }

    private func batch(_ lines: [String], in namespace: String) throws(DemoFailure) {
        let file = "\(site.directory)/ip.batch"
        try Files.write(lines.joined(separator: "\n") + "\n", to: file)
        try ip(["-n", namespace, "-batch", file])
    }

    private func ip(_ arguments: [String]) throws(DemoFailure) {
        let status = try Launch(program, arguments).run()
        guard status == 0 else {
            throw .failed("ip \(arguments.joined(separator: " ")) ended with \(status)")
        }
    }

    static func removeNamespace(_ name: String) {
        guard let program = Files.program("ip") else { return }
        try? Launch(program, ["netns", "delete", name]).start().waitStubbornly()
    }
}
