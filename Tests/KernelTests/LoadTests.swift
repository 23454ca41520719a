import CasaBundle
import CasaDiagnostics
import CasaNode
import CasaPolicyIR
import CasaTestSupport
import Testing

/// Loading, attaching and taking away on the running kernel.
@Suite(.serialized, .requires(.bpf)) struct LoadTests {
    @Test("what the policy allows passes, and nothing else")
    func enforces() throws {
        let site = try LoadSite()
        #expect(try site.connect("one", "203.0.113.11", 9000) == .passed)
        let outcome = try site.load(LoadPolicy.bundle(), inventory: LoadPolicy.inventory(site))
        #expect(!outcome.replaced && outcome.cgroupsAdded == 1 && outcome.generation == 1)
        #expect(outcome.workloads == ["bank/Deployment/teller"])

        #expect(try site.connect("one", "203.0.113.10", 9000) == .passed)
        #expect(try site.connect("one", "203.0.113.10", 9001) == .refused)
        #expect(try site.connect("one", "203.0.113.11", 9000) == .refused)
        #expect(try site.connect("one", "127.0.0.1", 9, "tcp") == .passed)
        #expect(
            try site.connect("two", "203.0.113.11", 9000) == .passed, "not in the inventory, so not judged")
    }

    @Test("a cgroup without processes is reported, because whoever stayed outside is allowed everything")
    func emptyCgroup() throws {
        let site = try LoadSite()
        let outcome = try site.load(LoadPolicy.bundle(), inventory: LoadPolicy.inventory(site))
        let warning = try #require(outcome.warnings.first)
        #expect(outcome.warnings.count == 1)
        guard case .emptyCgroup(let pod, let path, let origin) = warning else {
            Issue.record("\(warning)")
            return
        }
        #expect(pod == "bank/teller-one" && path == site.path(of: "one"))
        #expect(origin?.text == "\(site.cgroup)/one")
    }

    @Test("a changed inventory moves an address with the same bundle, and counters go on")
    func changedInventory() throws {
        let site = try LoadSite()
        let bundle = try LoadPolicy.bundle()
        _ = try site.load(bundle, inventory: LoadPolicy.inventory(site))
        #expect(try site.connect("one", "203.0.113.11", 9000) == .refused)
        let before = try StatusReader(paths: site.paths).status(of: "bank").refusals

        let moved = try LoadPolicy.inventory(site, vault: "203.0.113.11")
        let outcome = try site.load(bundle, inventory: moved)
        #expect(outcome.replaced && outcome.cgroupsSwitched == 1 && outcome.cgroupsAdded == 0)
        #expect(try site.connect("one", "203.0.113.11", 9000) == .passed)
        #expect(try site.connect("one", "203.0.113.10", 9000) == .refused)
        let after = try StatusReader(paths: site.paths).status(of: "bank").refusals
        let unknown = { (counts: [NamespaceStatus.RefusalCount]) in
            counts.first { $0.refusal == .unknownPeer }?.count.packets
        }
        #expect(unknown(before) == 1)
        #expect(unknown(after) == 2)
    }

    @Test("an unloaded namespace leaves nothing, and unloading again does nothing")
    func unloads() throws {
        let site = try LoadSite()
        _ = try site.load(
            LoadPolicy.bundle(), inventory: LoadPolicy.inventory(site, pods: ["one", "two"]))
        #expect(try site.connect("two", "203.0.113.11", 9000) == .refused)
        let outcome = try Unloader(paths: site.paths).unload("bank")
        #expect(outcome.wasLoaded && outcome.linksRemoved == 14 && outcome.cgroups == 2)
        #expect(site.pins.isEmpty)
        #expect(try site.connect("one", "203.0.113.11", 9000) == .passed)
        #expect(StatusReader(paths: site.paths).namespaces().isEmpty)
        #expect(try Unloader(paths: site.paths).unload("bank").wasLoaded == false)
    }

    @Test("what a killed unloader left behind is removed, and half of a namespace is no obstacle")
    func unloadsHalf() throws {
        let site = try LoadSite()
        _ = try site.load(LoadPolicy.bundle(), inventory: LoadPolicy.inventory(site))
        try LoadDamage(site).removeState()
        try LoadDamage(site).removeLink(hook: "egress")
        #expect(try StatusReader(paths: site.paths).status(of: "bank").state == nil)
        #expect(try Unloader(paths: site.paths).unload("bank").linksRemoved == 6)
        #expect(site.pins.isEmpty)
        #expect(try site.connect("one", "203.0.113.11", 9000) == .passed)
    }

    @Test("two namespaces are loaded beside each other, and never judge one cgroup")
    func namespaces() throws {
        let site = try LoadSite()
        _ = try site.load(LoadPolicy.bundle(), inventory: LoadPolicy.inventory(site))
        let other = try LoadPolicy.bundle([], namespace: "shop")
        let error = #expect(throws: NodeError.self) {
            try site.load(other, inventory: LoadPolicy.inventory(site, namespace: "shop"))
        }
        guard case .cgroup(let problem) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(problem.kind == .taken(by: "namespace bank"))
        _ = try site.load(
            other, inventory: LoadPolicy.inventory(site, pods: ["two"], namespace: "shop"))
        #expect(StatusReader(paths: site.paths).namespaces() == ["bank", "shop"])
        #expect(try site.connect("two", "203.0.113.10", 9000) == .refused)
        _ = try Unloader(paths: site.paths).unload("shop")
        #expect(try site.connect("one", "203.0.113.11", 9000) == .refused)
    }
}
