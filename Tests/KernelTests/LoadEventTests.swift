import CasaBundle
import CasaNode
import CasaPolicyIR
import CasaTestSupport
import Testing

/// Events from the running kernel.
@Suite(.serialized, .requires(.bpf)) struct LoadEventTests {
    @Test("a refusal tells who, whom and why")
    func refusal() throws {
        let site = try LoadSite()
        _ = try site.load(LoadPolicy.bundle(), inventory: LoadPolicy.inventory(site))
        let stream = try EventStream(namespace: "bank", paths: site.paths)
        #expect(try stream.next(timeout: 0) == nil)
        #expect(try site.connect("one", "203.0.113.10", 9001) == .refused)
        let event = try #require(try stream.next(timeout: 2000))
        #expect(event.verdict == .denied && event.record.hook == .connect4 && event.record.refusal == .noRule)
        #expect(event.workload == "bank/Deployment/teller" && event.pod == "bank/teller-one")
        #expect(event.record.peer == IPAddress("203.0.113.10") && event.record.remotePort == 9001)
        #expect(event.peerNames == ["pod safe/vault-0"])
        #expect(event.protocolName == "UDP" && event.rule == nil)
        #expect(try stream.next(timeout: 0) == nil)
        #expect(try stream.lossCount() == 0)
    }

    @Test("allowed flows are reported where that is asked for, with their rule")
    func allowed() throws {
        let site = try LoadSite()
        let inventory = try LoadPolicy.inventory(site)
        _ = try site.load(
            LoadPolicy.bundle(), inventory: inventory, options: LoadOptions(reportAllowed: true))
        let stream = try EventStream(namespace: "bank", paths: site.paths)
        #expect(try site.connect("one", "203.0.113.10", 9000) == .passed)
        let event = try #require(try stream.next(timeout: 2000))
        #expect(event.verdict == .allowed)
        #expect(event.rule?.origin?.description == "policies/bank.yaml:3:7")
        #expect(event.peerClass == "workload safe/Deployment/vault")
    }

    @Test("a watcher goes on over a replacement, and rules keep their meaning")
    func replacement() throws {
        let site = try LoadSite()
        let inventory = try LoadPolicy.inventory(site)
        _ = try site.load(LoadPolicy.bundle([LoadPolicy.rule(.deny, port: 1)]), inventory: inventory)
        let stream = try EventStream(namespace: "bank", paths: site.paths)
        #expect(try site.connect("one", "203.0.113.10", 1) == .refused)
        _ = try site.load(
            LoadPolicy.bundle([LoadPolicy.rule(.deny, port: 2), LoadPolicy.rule(.deny, port: 3)]),
            inventory: inventory)
        #expect(try site.connect("one", "203.0.113.10", 2) == .refused)
        let before = try #require(try stream.next(timeout: 2000))
        let after = try #require(try stream.next(timeout: 2000))
        #expect(before.record.rule == 0 && after.record.rule == 0, "two rules with one number")
        #expect(before.rule?.ports.first == 1)
        #expect(after.rule?.ports.first == 2)
    }

    @Test("events that find the ring full are counted, and those before them are all there")
    func losses() throws {
        let site = try LoadSite()
        _ = try site.load(LoadPolicy.bundle(), inventory: LoadPolicy.inventory(site))
        let stream = try EventStream(namespace: "bank", paths: site.paths)
        let calls = 4000
        #expect(try site.connect("one", "203.0.113.11", 9000, times: calls) == .refused)
        let lost = try stream.lossCount()
        var seen = 0
        while try stream.next(timeout: 0) != nil { seen += 1 }
        #expect(lost > 0 && seen + Int(lost) == calls)
        #expect(try site.connect("one", "203.0.113.11", 9000) == .refused)
        #expect(try stream.next(timeout: 2000) != nil, "there is room again")
    }

    @Test("a ring that is gone is made anew, and the loader says so")
    func freshRing() throws {
        let site = try LoadSite()
        let inventory = try LoadPolicy.inventory(site)
        _ = try site.load(LoadPolicy.bundle(), inventory: inventory)
        let stream = try EventStream(namespace: "bank", paths: site.paths)
        try LoadDamage(site).removePin("generation_1/events")
        let outcome = try site.load(LoadPolicy.bundle(), inventory: inventory)
        #expect(outcome.warnings.contains(.freshMap(name: "casa_events")))
        #expect(try stream.next(timeout: 0) == nil)
        #expect(try site.connect("one", "203.0.113.11", 9000) == .refused)
        #expect(try stream.next(timeout: 2000) != nil, "the watcher goes over to the new ring")
    }

    @Test("there is one watcher, and it hears of the end")
    func ends() throws {
        let site = try LoadSite()
        _ = try site.load(LoadPolicy.bundle(), inventory: LoadPolicy.inventory(site))
        let stream = try EventStream(namespace: "bank", paths: site.paths)
        let error = #expect(throws: NodeError.self) { try EventStream(namespace: "bank", paths: site.paths) }
        guard case .alreadyWatched = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        _ = try Unloader(paths: site.paths).unload("bank")
        #expect(try stream.next(timeout: 1000) == nil)
        #expect(stream.isEnded)
    }
}
