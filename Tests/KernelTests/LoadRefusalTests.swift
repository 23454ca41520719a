import CasaBundle
import CasaDiagnostics
import CasaNode
import CasaPolicyIR
import CasaTestSupport
import Foundation
import Testing

/// What is refused before anything is touched.
@Suite(.serialized, .requires(.bpf)) struct LoadRefusalTests {
    private func refusal(_ site: LoadSite, cgroups: String) throws -> Diagnostic {
        let text = """
            apiVersion: casa.io/v1alpha1
            kind: Inventory
            workloads:
              - {namespace: bank, kind: Deployment, name: teller, pods: [{name: t-0, cgroups: \(cgroups)}]}
            """
        let inventory = try LoadPolicy.read(text)
        let error = #expect(throws: NodeError.self) {
            try site.load(LoadPolicy.bundle(), inventory: inventory)
        }
        #expect(site.pins.isEmpty && StatusReader(paths: site.paths).namespaces().isEmpty)
        return try #require(error).diagnostic
    }

    @Test("a cgroup must be there, of version 2, and a pod's alone")
    func cgroups() throws {
        let site = try LoadSite()
        let missing = try refusal(site, cgroups: "[\(site.cgroup)/three]")
        #expect(missing.code == .missingCgroup && missing.primary?.text == "\(site.cgroup)/three")
        #expect(
            try refusal(site, cgroups: "[/tmp]").message.contains("not a directory of a cgroup v2 hierarchy"))
        #expect(
            try refusal(site, cgroups: "[\(LoadSite.mount)/cgroup.procs]").message.contains("not a directory")
        )
        #expect(
            try refusal(site, cgroups: "[\(LoadSite.mount)]").message.contains("the root of the hierarchy"))
        let nested = try refusal(site, cgroups: "[\(site.cgroup), \(site.cgroup)/one]")
        #expect(nested.message.contains("lies in"))
        let twice = try refusal(site, cgroups: "[\(site.cgroup)/one, \(LoadSite.mount)/\(site.cgroup)/one]")
        #expect(twice.message.contains("is judged for pod bank/t-0"))
    }

    @Test("a workload that the bundle does not judge, or judges for another network, is refused")
    func workloads() throws {
        let site = try LoadSite()
        for (line, message) in [
            ("name: clerk", "workload bank/Deployment/clerk is on this node and not in the bundle"),
            ("name: teller, hostNetwork: true", "compiled for a network apart"),
        ] {
            let inventory = try LoadPolicy.read(
                """
                apiVersion: casa.io/v1alpha1
                kind: Inventory
                workloads:
                  - {namespace: bank, kind: Deployment, \(line), pods: [{name: t-0, cgroups: [\(site.cgroup)/one]}]}
                """)
            let error = #expect(throws: NodeError.self) {
                try site.load(LoadPolicy.bundle(), inventory: inventory)
            }
            #expect(error?.diagnostic.message.contains(message) == true, "\(String(describing: error))")
            #expect(error?.diagnostic.primary != nil)
        }
        #expect(site.pins.isEmpty)
    }

    @Test("pins need a BPF file system")
    func fileSystem() throws {
        let site = try LoadSite()
        let elsewhere = NodePaths(pins: "\(site.paths.state)/pins", state: site.paths.state)
        let error = #expect(throws: NodeError.self) {
            try Loader(paths: elsewhere).load(
                LoadPolicy.bundle(), inventory: LoadPolicy.inventory(site),
                options: LoadOptions(acceptsUnproved: true))
        }
        guard case .noBPFFileSystem = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("two loaders do not work at once")
    func busy() throws {
        let site = try LoadSite()
        _ = try site.load(LoadPolicy.bundle(), inventory: LoadPolicy.inventory(site))
        let file = open("\(site.paths.state)/.lock", O_RDWR)
        defer { close(file) }
        try #require(flock(file, LOCK_EX) == 0)
        let error = #expect(throws: NodeError.self) {
            try site.load(
                LoadPolicy.bundle(), inventory: LoadPolicy.inventory(site), options: LoadOptions(patience: 50)
            )
        }
        guard case .busy = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
