import CasaBundle
import CasaNode
import CasaPolicyIR
import CasaTestSupport
import Foundation
import Testing

/// Replacing what is loaded: whole, or not at all.
@Suite(.serialized, .requires(.bpf)) struct LoadReplacementTests {
    @Test("another bundle takes the place of the first, and only its own pins are left")
    func replaces() throws {
        let site = try LoadSite()
        _ = try site.load(LoadPolicy.bundle(), inventory: LoadPolicy.inventory(site))
        let links = site.pins.filter { $0.hasPrefix("bank/links/") }
        let second = try LoadPolicy.bundle([LoadPolicy.rule(port: 9001)])
        let outcome = try site.load(second, inventory: LoadPolicy.inventory(site))
        #expect(outcome.generation == 2 && outcome.replaced && outcome.cgroupsSwitched == 1)
        #expect(try site.connect("one", "203.0.113.10", 9000) == .refused)
        #expect(try site.connect("one", "203.0.113.10", 9001) == .passed)
        #expect(site.pins.filter { $0.hasPrefix("bank/links/") } == links)
        #expect(!site.pins.contains { $0.hasPrefix("bank/generation_1") })
        #expect(site.pins.contains("bank/generation_2/subject_2_egress"))
        #expect(!site.pins.contains("bank/generation_2/subject_1_egress"), "the ledger is not on this node")
        #expect(try StatusReader(paths: site.paths).status(of: "bank").isComplete)
    }

    @Test("pods that come and go get and lose their links")
    func pods() throws {
        let site = try LoadSite()
        let bundle = try LoadPolicy.bundle()
        _ = try site.load(bundle, inventory: LoadPolicy.inventory(site))
        let grown = try site.load(bundle, inventory: LoadPolicy.inventory(site, pods: ["one", "two"]))
        #expect(grown.cgroupsSwitched == 1 && grown.cgroupsAdded == 1 && grown.cgroupsRemoved == 0)
        #expect(try site.connect("two", "203.0.113.11", 9000) == .refused)
        let shrunk = try site.load(bundle, inventory: LoadPolicy.inventory(site, pods: ["two"]))
        #expect(shrunk.cgroupsSwitched == 1 && shrunk.cgroupsAdded == 0 && shrunk.cgroupsRemoved == 1)
        #expect(try site.connect("one", "203.0.113.11", 9000) == .passed)
        #expect(try site.connect("two", "203.0.113.11", 9000) == .refused)
    }

    @Test("a cgroup that was removed and made again is judged again")
    func recreatedCgroup() throws {
        let site = try LoadSite()
        let bundle = try LoadPolicy.bundle()
        _ = try site.load(bundle, inventory: LoadPolicy.inventory(site))
        site.removeCgroup("\(site.cgroup)/one")
        let gone = try StatusReader(paths: site.paths).status(of: "bank").cgroups
        #expect(gone.allSatisfy { $0.hooks.allSatisfy { $0.condition == .cgroupGone } })
        try site.makeCgroup("\(site.cgroup)/one")
        let again = try StatusReader(paths: site.paths).status(of: "bank")
        #expect(again.cgroups.count == 1)
        let outcome = try site.load(bundle, inventory: LoadPolicy.inventory(site))
        #expect(outcome.cgroupsAdded == 1 && outcome.cgroupsRemoved == 1)
        #expect(try site.connect("one", "203.0.113.11", 9000) == .refused)
    }

    @Test(
        "a switch that fails half way is taken back, and the old policy is in force",
        arguments: ["connect4", "egress", "sock_create"])
    func failingSwitch(hook: String) throws {
        let site = try LoadSite()
        _ = try site.load(LoadPolicy.bundle(), inventory: LoadPolicy.inventory(site))
        let before = try StatusReader(paths: site.paths).status(of: "bank")
        try LoadDamage(site).blockLink(pod: "two", hook: hook)
        let pins = site.pins

        let second = try LoadPolicy.bundle([LoadPolicy.rule(port: 9001)])
        #expect(throws: NodeError.self) {
            try site.load(second, inventory: LoadPolicy.inventory(site, pods: ["one", "two"]))
        }
        let after = try StatusReader(paths: site.paths).status(of: "bank")
        #expect(after.state == before.state && after.cgroups == before.cgroups && !after.isSwitching)
        #expect(site.pins == pins)
        #expect(try site.connect("one", "203.0.113.10", 9000) == .passed)
        #expect(try site.connect("one", "203.0.113.10", 9001) == .refused)
        #expect(try site.connect("two", "203.0.113.11", 9000) == .passed, "it was not judged before")
    }

    @Test("a first load that fails leaves no trace")
    func failingFirstLoad() throws {
        let site = try LoadSite()
        let missing = try LoadPolicy.inventory(site, pods: ["one", "three"])
        #expect(throws: NodeError.self) { try site.load(LoadPolicy.bundle(), inventory: missing) }
        #expect(site.pins.isEmpty && StatusReader(paths: site.paths).namespaces().isEmpty)
        let forged = try LoadForgery.readingScalar(of: LoadPolicy.bundle())
        #expect(throws: NodeError.self) {
            try site.load(forged, inventory: LoadPolicy.inventory(site))
        }
        #expect(site.pins.isEmpty && StatusReader(paths: site.paths).namespaces().isEmpty)

        try LoadDamage(site).blockLink(pod: "two", hook: "ingress")
        let pins = site.pins
        #expect(throws: NodeError.self) {
            try site.load(
                LoadPolicy.bundle(), inventory: LoadPolicy.inventory(site, pods: ["one", "two"]))
        }
        #expect(site.pins == pins)
        #expect(try site.connect("one", "203.0.113.11", 9000) == .passed)
    }

    @Test("an object that the verifier refuses changes nothing, and the error names the policy's line")
    func rejected() throws {
        let site = try LoadSite()
        let good = try LoadPolicy.bundle()
        _ = try site.load(good, inventory: LoadPolicy.inventory(site))
        let error = #expect(throws: NodeError.self) {
            try site.load(LoadForgery.readingScalar(of: good), inventory: LoadPolicy.inventory(site))
        }
        guard case .rejected(let rejection) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(rejection.log.reason.contains("invalid mem access"), "\(rejection.log)")
        #expect(rejection.place?.file == "policies/bank.yaml" && rejection.place?.line == 3, "\(rejection)")
        #expect(try site.connect("one", "203.0.113.10", 9000) == .passed)
        #expect(try StatusReader(paths: site.paths).status(of: "bank").isComplete)
    }

    @Test("a loader that was killed while it switched is noticed, and the next one finishes")
    func interrupted() throws {
        let site = try LoadSite()
        let bundle = try LoadPolicy.bundle()
        _ = try site.load(bundle, inventory: LoadPolicy.inventory(site))
        let state = "\(site.paths.state)/bank"
        try FileManager.default.copyItem(atPath: "\(state)/state.json", toPath: "\(state)/pending.json")
        let reader = StatusReader(paths: site.paths)
        #expect(try reader.status(of: "bank").isSwitching && !reader.status(of: "bank").isComplete)
        _ = try site.load(bundle, inventory: LoadPolicy.inventory(site))
        #expect(try reader.status(of: "bank").isComplete)
    }
}
