import CasaBundle
import CasaDiagnostics
import CasaNode
import CasaPolicyIR
import CasaTestSupport
import Testing

/// What the kernel says of itself.
@Suite(.serialized, .requires(.bpf)) struct LoadStatusTests {
    @Test("every hook of every cgroup is seen with its program")
    func attached() throws {
        let site = try LoadSite()
        let bundle = try LoadPolicy.bundle()
        let inventory = try LoadPolicy.inventory(site, pods: ["one", "two"])
        let outcome = try site.load(
            bundle, inventory: inventory, options: LoadOptions(reportAllowed: true))
        let status = try StatusReader(paths: site.paths).status(of: "bank")
        #expect(status.isComplete && status.strayLinks.isEmpty && status.losses == 0)
        #expect(status.reportsAllowed == true)
        #expect(status.state?.bundle == outcome.bundle && status.state?.inventory == inventory.digest)
        #expect(status.cgroups.map(\.entry.pod) == ["bank/teller-one", "bank/teller-two"])
        #expect(status.rules.count == bundle.manifest.rules.count)
        for cgroup in status.cgroups {
            #expect(
                cgroup.hooks.map(\.hook)
                    == ["connect4", "connect6", "sendmsg4", "sendmsg6", "egress", "ingress", "sock_create"])
            for hook in cgroup.hooks {
                guard case .attached(_, let tag) = hook.condition else {
                    Issue.record("\(hook)")
                    continue
                }
                #expect(tag.utf8.count == 16)
            }
        }
    }

    @Test("a link that is gone is missed")
    func missing() throws {
        let site = try LoadSite()
        _ = try site.load(LoadPolicy.bundle(), inventory: LoadPolicy.inventory(site))
        try LoadDamage(site).removeLink(hook: "ingress")
        let status = try StatusReader(paths: site.paths).status(of: "bank")
        #expect(!status.isComplete)
        #expect(status.cgroups[0].hooks.filter { $0.condition == .missing }.map(\.hook) == ["ingress"])
        _ = try site.load(LoadPolicy.bundle(), inventory: LoadPolicy.inventory(site))
        #expect(
            try StatusReader(paths: site.paths).status(of: "bank").isComplete, "loading again puts it right")
    }

    @Test("what nobody loaded has no status")
    func notLoaded() throws {
        let site = try LoadSite()
        let error = #expect(throws: NodeError.self) { try StatusReader(paths: site.paths).status(of: "bank") }
        #expect(error?.diagnostic.code == .notLoaded)
        #expect(throws: NodeError.self) { try StatusReader(paths: site.paths).status(of: "../bank") }
    }

    @Test("points that nobody serves stop a load, unless the kernel's part is wanted alone")
    func kernelOnly() throws {
        let site = try LoadSite()
        let name = PeerClass.name(DomainName("api.example.com"))
        let rules = [
            LoadPolicy.rule(to: name, .tcp, port: 443, enforcement: [.inventory, .kernel]),
            LoadPolicy.rule(.allow, .tcp, port: 8, enforcement: [.kernel, .runtime]),
        ]
        let bundle = try LoadPolicy.bundle(rules)
        let inventory = try LoadPolicy.inventory(site)
        let error = #expect(throws: NodeError.self) { try site.load(bundle, inventory: inventory) }
        guard case .unservedPoints(let points, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(points.map(\.point) == ["inventory", "runtime"])
        #expect(error?.diagnostic.code == .unservedEnforcementPoint)
        #expect(site.pins.isEmpty)

        let named = try LoadPolicy.inventory(
            site, more: "names: [{name: api.example.com, addresses: [203.0.113.20]}]")
        let outcome = try site.load(bundle, inventory: named, options: LoadOptions(kernelOnly: true))
        #expect(outcome.unserved.map(\.point) == ["runtime"])
        let state = try #require(try StatusReader(paths: site.paths).status(of: "bank").state)
        #expect(state.kernelOnly && state.unserved == outcome.unserved)
    }
}
